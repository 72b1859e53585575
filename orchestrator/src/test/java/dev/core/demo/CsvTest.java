package dev.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void quotesHideCommasLinesAndQuotes() {
    assertThat(Csv.parse("a,\"b, \"\"c\"\"\nd\",\r\n1,2,3"))
        .containsExactly(List.of("a", "b, \"c\"\nd", ""), List.of("1", "2", "3"));
  }
}
