package dev.core.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code docs/guarantees.md} true to the tests that it names. */
class GuaranteesTest {

  private static final Path PAGE = Path.of("..", "docs", "guarantees.md");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+)`");
  private static final Pattern LAW = Pattern.compile("`Law\\.([A-Z_]+)`");

  private static final Pattern METHOD = Pattern.compile("(?m)^  void (\\w+)\\(");
  private static final Pattern MARKED =
      Pattern.compile("@(Test|BothDatabases|ParameterizedTest|RepeatedTest)\\b");

  @Test
  void everySentenceNamesTestsAndLawsThatExist() throws IOException {
    String page = Files.readString(PAGE);
    Map<String, List<String>> tests = tests();

    assertThat(all(TEST, page).filter(named -> !exists(named, tests)).map(MatchResult::group))
        .as("tests that do not exist")
        .isEmpty();
    assertThat(promises(page))
        .hasSizeGreaterThan(30)
        .allSatisfy(promise ->
            assertThat(TEST.matcher(promise).find() || LAW.matcher(promise).find())
                .as("a promise without a test: " + promise)
                .isTrue());
  }

  @Test
  void everyLawOfTheSimulatorIsPromised() throws IOException {
    var named =
        all(LAW, Files.readString(PAGE))
            .map(law -> law.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).isEqualTo(laws());
  }

  private static boolean exists(MatchResult named, Map<String, List<String>> tests) {
    return tests.getOrDefault(named.group(1), List.of()).contains(named.group(2));
  }

  /** Rows of the tables below the heading, without those of their heads. */
  private static List<String> promises(String page) {
    return page.substring(page.indexOf("\n## Promises"), page.indexOf("\n## What is not promised"))
        .lines()
        .filter(line -> line.startsWith("| "))
        .filter(line -> !line.startsWith("| what is promised"))
        .toList();
  }

  private static TreeSet<String> laws() throws IOException {
    var source =
        Files.readString(
            Path.of(
                "src", "test", "java", "dev", "core", "orchestrator", "simulation", "Law.java"));
    return all(Pattern.compile("(?m)^  ([A-Z_]+)[,;]?$"), source)
        .map(law -> law.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Tests of all modules, by class: those of other modules are not on this one's class path. */
  private static Map<String, List<String>> tests() throws IOException {
    var tests = new HashMap<String, List<String>>();
    for (var module : List.of("migrations", "common", "worker", "orchestrator")) {
      try (var files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          tests.put(
              file.getFileName().toString().replace(".java", ""), tests(Files.readString(file)));
        }
      }
    }
    return tests;
  }

  private static List<String> tests(String source) {
    return all(METHOD, source)
        .filter(method -> {
          // What is between a method and the empty line before it: its annotations and comments.
          String above = source.substring(0, method.start());
          return MARKED.matcher(above.substring(above.lastIndexOf("\n\n") + 1)).find();
        })
        .map(method -> method.group(1))
        .toList();
  }

  private static Stream<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
