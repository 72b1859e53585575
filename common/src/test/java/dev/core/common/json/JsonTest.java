package dev.core.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  @JsonSubTypes(@JsonSubTypes.Type(value = Circle.class, name = "circle"))
  private sealed interface Figure {}

  private record Circle(int radius) implements Figure {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "null|it is null; a value is expected",
        "{}|it does not say of which kind it is (line 1, column 2)",
        "{\"kind\": \"square\"}|'square' is no kind that is known (line 1, column 10)",
        "{\"kind\": \"circle\", \"radius\": \"far\"}|the member 'radius' is not of the kind that it must be (line 1, column 30)",
        "{\"kind\": \"circle\", \"colour\": 1}|the member 'colour' is not known; allowed: radius (line 1, column 32)",
        "{\"kind\": \"circle\"|it ends too early: an object is not closed with '}' (line 1, column 18)",
        "[1, 2]|'1' is no kind that is known (line 1, column 5)",
        "-|it ends too early: something is not closed (line 1, column 2)",
        "{\"a\": tru}|'tru' is neither a text in double quotes nor a number, true, false or null (line 1, column 7)",
      })
  void whatIsWrongIsSaidInWordsOfOurs(String json, String words) {
    assertThatThrownBy(() -> Json.read(json, Figure.class))
        .isInstanceOf(Json.MalformedJson.class)
        .hasMessage(words);
  }

  @Test
  void memberThatStandsTwiceIsRefusedOnlyWherePeopleWrite() {
    assertThat(Json.tree("{\"a\": 1, \"a\": 2}").path("a").asInt()).isEqualTo(2);
    assertThatThrownBy(() -> Json.written("{\"a\": 1, \"a\": 2}"))
        .hasMessageStartingWith("the member 'a' is there twice; leave one of them out");
  }

  @Test
  void depthIsLimited() {
    assertThatThrownBy(() -> Json.tree("[".repeat(5000)))
        .hasMessageStartingWith("it is nested too deep; at most 1,000 levels are allowed");
  }
}
