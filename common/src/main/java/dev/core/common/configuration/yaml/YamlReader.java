package dev.core.common.configuration.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.core.common.variables.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads one YAML document of limited size and depth. Aliases and tags are refused, so that a small
 * file cannot stand for a huge one; scalars keep the text that was written.
 */
final class YamlReader {

  static final int MOST_CHARACTERS = 16 * 1024 * 1024;
  private static final int DEEPEST = 40;

  /** Beyond this the parser gives up, and cannot say where. */
  private static final int DEEPEST_AT_ALL = 1000;

  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
          .loaderOptions(options())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(MOST_CHARACTERS)
                  .maxNestingDepth(DEEPEST_AT_ALL)
                  .build())
          .build();

  private final YAMLParser parser;
  private final List<YamlProblem> problems = new ArrayList<>();

  private YamlReader(YAMLParser parser) {
    this.parser = parser;
  }

  /**
   * @param root empty if the text is not YAML or holds nothing
   */
  record Outcome(Optional<YamlNode> root, List<YamlProblem> problems) {}

  static Outcome read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return refused(
          0,
          "%,d characters are too many; a file may have %,d"
              .formatted(text.length(), MOST_CHARACTERS));
    }
    try (YAMLParser parser = FACTORY.createParser(text)) {
      return new YamlReader(parser).document();
    } catch (JsonProcessingException e) {
      return new Outcome(Optional.empty(), List.of(SyntaxWords.of(e, text)));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot fail to be read", e);
    }
  }

  private static Outcome refused(int line, String message) {
    return new Outcome(Optional.empty(), List.of(new YamlProblem(line, message)));
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST_AT_ALL);
    options.setMaxAliasesForCollections(0);
    return options;
  }

  private Outcome document() throws IOException {
    if (parser.nextToken() == null) {
      return new Outcome(Optional.empty(), List.of());
    }
    var root = node(0);
    if (parser.nextToken() != null) {
      problem("'---' begins a second document; a file holds one, so put it into a file of its own");
    }
    return new Outcome(Optional.of(root), problems);
  }

  /** The node whose first token is the current one; leaves its last token current. */
  private YamlNode node(int depth) throws IOException {
    int line = line();
    if (parser.isCurrentAlias()) {
      problem("the alias '*%s' is not supported; write its text again".formatted(parser.getText()));
      return new YamlNode.Absent(line);
    }
    if (parser.getTypeId() != null) {
      problem(
          "the tag '!%s' is not supported; leave it out"
              .formatted(parser.getTypeId().replace("tag:yaml.org,2002:", "!")));
    }
    JsonToken token = parser.currentToken();
    if (token.isStructStart() && depth == DEEPEST) {
      problem(
          "nested deeper than %d levels, which is allowed; write it flatter".formatted(DEEPEST));
      parser.skipChildren();
      return new YamlNode.Absent(line);
    }
    if (token == JsonToken.START_OBJECT) {
      return mapping(line, depth);
    }
    if (token == JsonToken.START_ARRAY) {
      var items = new ArrayList<YamlNode>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        items.add(node(depth + 1));
      }
      return new YamlNode.Sequence(line, items);
    }
    if (token == JsonToken.VALUE_NULL) {
      return new YamlNode.Absent(line);
    }
    var text = parser.getText();
    return new YamlNode.Scalar(line, text, token == JsonToken.VALUE_STRING);
  }

  private YamlNode mapping(int line, int depth) throws IOException {
    var entries = new ArrayList<YamlNode.Entry>();
    var seen = new HashMap<String, Integer>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int keyLine = line();
      var key = parser.currentName();
      parser.nextToken();
      var value = node(depth + 1);
      var first = seen.putIfAbsent(key, keyLine);
      if (first == null) {
        entries.add(new YamlNode.Entry(keyLine, key, value));
      } else {
        problems.add(
            new YamlProblem(
                keyLine,
                "the key %s stands already in line %d; leave one of them out"
                    .formatted(Quoted.text(key), first)));
      }
    }
    return new YamlNode.Mapping(line, entries);
  }

  private void problem(String message) {
    problems.add(new YamlProblem(line(), message));
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
