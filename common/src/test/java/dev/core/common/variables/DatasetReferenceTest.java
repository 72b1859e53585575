package dev.core.common.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.variables.DatasetReference.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetReferenceTest {

  @Test
  void readsEveryForm() {
    assertThat(
            DatasetReference.parseAll(
                    "raw/flights, f=raw/flights@run,n = raw/flights @newest,"
                        + " acme/main/master/x, y=acme/main/master/x@newest")
                .orThrow())
        .containsExactly(
            new DatasetReference("flights", null, null, "raw", "flights", Choice.RUN_ELSE_NEWEST),
            new DatasetReference("f", null, null, "raw", "flights", Choice.RUN),
            new DatasetReference("n", null, null, "raw", "flights", Choice.NEWEST),
            new DatasetReference("x", "acme", "main", "master", "x", Choice.RUN_ELSE_NEWEST),
            new DatasetReference("y", "acme", "main", "master", "x", Choice.NEWEST));
  }

  @Test
  void isNamedWithinTheRunsClientAndBrand() {
    var own = DatasetReference.parse("raw/x").orThrow().within("acme", "main");
    var foreign = DatasetReference.parse("other/one/raw/x").orThrow().within("acme", "main");

    assertThat(own.name()).isEqualTo("acme/main/raw/x");
    assertThat(foreign.name()).isEqualTo("other/one/raw/x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``              | '' is no dataset: <state>/<dataset> or <client>/<brand>/<state>/<dataset>
          flights         | 'flights' is no dataset: <state>/<dataset> or <client>/<brand>/<state>/<dataset>
          a/b/c           | 'a/b/c' is no dataset: <state>/<dataset> or <client>/<brand>/<state>/<dataset>
          raw/..          | dataset 'raw/..': '..' is not a name: lower-case letters, digits and underscores, a letter first
          raw/            | dataset 'raw/': a name may not be empty; lower-case letters, digits and underscores, a letter first
          =raw/x          | dataset '=raw/x': alias a name may not be empty; lower-case letters, digits and underscores, a letter first
          raw/x@yesterday | dataset 'raw/x@yesterday': after @ comes 'run' or 'newest'
          a/b/raw/x@run   | dataset 'a/b/raw/x@run': @run is for the run's own datasets, named without client and brand
          raw/x,master/x  | two inputs are called 'x'; give one of them an alias: other=master/x
          """)
  void refuses(String text, String problem) {
    assertThat(DatasetReference.parseAll(text).problems()).containsExactly(problem);
  }
}
