package dev.core.common.configuration.bad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;

/** What must hold of the texts of problems, whatever they say. */
final class ProblemText {

  private static final int LONGEST = 500;

  /** Words of the machinery, which help nobody who writes a configuration. */
  private static final Pattern MACHINERY =
      Pattern.compile(
          "exception|jackson|jdbc|sql ?state|\\bjava\\.(lang|util|sql)|\\borg\\.(h2|postgres|yaml)"
              + "|\\bcom\\.fasterxml|dev\\.core|token|streamread|\\bat [\\w.$]+\\(|\\bnull pointer"
              + "|snakeyaml|deserializ|REDACTED",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern REMEDY =
      Pattern.compile(
          "\\b(allowed|must|needs|write|put|leave|choose|give|set|correct|rename|delete|move|add"
              + "|name one|save|let|change|there (is|are) [a-z]|did you mean|close|indent|resolve"
              + "|shorten|wants|digits|is written|update|at most|at least|a letter first|such as|true or false)\\b");

  /**
   * What is missing cannot be quoted, what may be a password must not be, and a constraint does not
   * know the value.
   */
  private static final Pattern UNQUOTABLE =
      Pattern.compile(
          "missing|needs|has no|no value|never closed|not closed|empty|name of a secret|may not hold"
              + "|UTF-|U\\+|where a key belongs|twice|null|\\$\\{}|''|too long|already|out of range|\\([a-z_]+\\)$");

  private static final Pattern QUOTED =
      Pattern.compile("'(.+?)'|\\b([0-9][0-9_.a-z]*)\\b|\\$\\{(.+?)}");

  private ProblemText() {}

  /** All problems that must be told, and no others; each of them fit for people. */
  static void check(BadConfiguration bad, List<String> problems) {
    var soft = new SoftAssertions();
    for (var problem : problems) {
      soft.assertThat(problem.length()).as("length of: %s", problem).isLessThan(LONGEST);
      soft.assertThat(problem).as("one line, nothing hidden").doesNotMatch("(?s).*\\p{Cntrl}.*");
      soft.assertThat(problem).as("no words of the machinery").doesNotContainPattern(MACHINERY);
      soft.assertThat(problem).as("a remedy").containsPattern(REMEDY);
      soft.assertThat(quotes(bad, problem)).as("the value, in: %s", problem).isTrue();
    }
    soft.assertThat(problems).as("problems").hasSameSizeAs(bad.problems());
    for (int i = 0; i < Math.min(problems.size(), bad.problems().size()); i++) {
      soft.assertThat(problems.get(i))
          .as("problem %d", i + 1)
          .containsSubsequence(bad.problems().get(i).toArray(String[]::new));
    }
    assertThat(soft.errorsCollected())
        .as("%s gave:%n%s", bad, String.join("\n", problems))
        .isEmpty();
  }

  private static boolean quotes(BadConfiguration bad, String problem) {
    var text = bad.text() + BadConfiguration.base();
    return UNQUOTABLE.matcher(problem).find()
        || QUOTED
            .matcher(problem)
            .results()
            .flatMap(found -> Stream.of(1, 2, 3).map(found::group).filter(Objects::nonNull))
            // A dataset is told by its full name, whatever part of it was written.
            .map(value -> value.substring(value.lastIndexOf('/') + 1).replace("…", ""))
            .anyMatch(value -> !value.isEmpty() && text.contains(value));
  }
}
