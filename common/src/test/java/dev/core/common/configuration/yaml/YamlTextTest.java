package dev.core.common.configuration.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

  private static final String[] PIECES = {
    "a",
    "select",
    " ",
    "  ",
    "\n",
    "\t",
    "\r",
    ":",
    ": ",
    "#",
    " #",
    "-",
    "- ",
    "?",
    "'",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "=",
    "<<",
    "~",
    "0",
    "1",
    ".",
    "e5",
    "0x1f",
    "_",
    "true",
    "no",
    "on",
    "null",
    "2026-01-01",
    "12:30",
    "ü",
    "日本",
    "🎉",
    "\u0085",
    "\u2028",
    "\u2029",
    "\uFEFF",
    "\u00A0",
    "\u0007",
    "---",
    "...",
    "${x}",
    "\n\n",
    "\u007f"
  };

  @Test
  void everyTextIsReadBackAsItWas() {
    var random = new Random(20260101);
    for (int i = 0; i < 20_000; i++) {
      var builder = new StringBuilder();
      for (int pieces = random.nextInt(7); pieces >= 0; pieces--) {
        builder.append(PIECES[random.nextInt(PIECES.length)]);
      }
      var text = builder.toString();
      var yaml = YamlWriter.write(Map.of("list", List.of(Map.of("k", text, "after", "x"))));
      var root = (YamlNode.Mapping) YamlReader.read(yaml).root().orElseThrow();
      var item =
          (YamlNode.Mapping)
              ((YamlNode.Sequence) root.entries().getFirst().value()).items().getFirst();
      var value =
          item.entries().stream().filter(e -> e.key().equals("k")).findFirst().orElseThrow();

      assertThat(value.value()).as("%s", yaml).isInstanceOf(YamlNode.Scalar.class);
      assertThat(((YamlNode.Scalar) value.value()).text()).as("%s", yaml).isEqualTo(text);
      assertThat(((YamlNode.Scalar) value.value()).isText()).as("%s", yaml).isTrue();
    }
  }

  @Test
  void aliasesAreRefusedAndNotFollowed() {
    var bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
    }

    assertThat(YamlReader.read(bomb.toString()).problems())
        .first()
        .hasToString("line 2: the alias '*a0' is not supported; write its text again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "a: ["})
  void deepDocumentsAreRefused(String opening) {
    assertThat(YamlReader.read(opening.repeat(100_000)).problems()).hasSize(1);
  }

  @Test
  void hugeDocumentsAreRefused() {
    assertThat(YamlReader.read("a".repeat(YamlReader.MOST_CHARACTERS + 1)).problems())
        .singleElement()
        .hasToString("16,777,217 characters are too many; a file may have 16,777,216");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: b: c",
        "a: [",
        "\ta: b",
        "a: 'x",
        "a: \"\\q\"",
        "- a\nb",
        "a: \u0007",
        "%YAML 9.9\n--- a"
      })
  void whatIsNotYamlHasALine(String text) {
    var outcome = YamlReader.read(text);

    assertThat(outcome.problems()).hasSize(1);
    assertThat(outcome.problems().getFirst().message()).startsWith("not YAML: ");
  }

  @Test
  void tagsSecondDocumentsAndRepeatedKeysAreRefused() {
    assertThat(YamlReader.read("a: !!java.net.URL x\nb: 1\nb: 2\n---\nc: 3\n").problems())
        .extracting(YamlProblem::line)
        .containsExactly(1, 3, 5);
  }

  @Test
  void anEmptyFileHoldsNothing() {
    assertThat(YamlReader.read("# only a comment\n").root()).isEmpty();
    assertThat(YamlReader.read("").problems()).isEmpty();
  }
}
