package dev.core.common.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.VariableDefinition.Direction;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypedValueTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          string   | ` as it is `               | ` as it is `
          string   | ``                         | ``
          integer  | ` +007 `                   | 7
          integer  | -9223372036854775808       | -9223372036854775808
          decimal  | 12.50                      | 12.50
          decimal  | 1e3                        | 1000
          decimal  | -.5                        | -0.5
          boolean  | TRUE                       | true
          boolean  | ` false`                   | false
          date     | 2024-02-29                 | 2024-02-29
          datetime | 2026-01-31T08:30:00Z       | 2026-01-31T08:30:00Z
          datetime | 2026-01-31T08:30:00+02:00  | 2026-01-31T06:30:00Z
          datetime | 2026-01-31 08:30           | 2026-01-31T07:30:00Z
          json     | {"b": 1, "a": [true]}      | {"b":1,"a":[true]}
          json     | null                       | null
          secret   | sftp/partner-a             | sftp/partner-a
          dataset  | raw/x, y=master/x@run      | raw/x, y=master/x@run
          """)
  void readsIntoItsNormalForm(String datatype, String text, String normal) {
    var value = TypedValue.read(Datatype.of(datatype), Direction.INPUT, text, BERLIN).orThrow();

    assertThat(value.text()).isEqualTo(normal);
    assertThat(TypedValue.read(Datatype.of(datatype), Direction.INPUT, normal, BERLIN).orThrow())
        .isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          integer  | 1.5        | '1.5' is not an integer (digits, with a sign before them if need be)
          integer  | ``         | '' is not an integer (digits, with a sign before them if need be)
          integer  | ١٢         | '١٢' is not an integer (digits, with a sign before them if need be)
          integer  | 9223372036854775808 | '9223372036854775808' is out of range for an integer; allowed: -9223372036854775808 to 9223372036854775807
          decimal  | 1,5        | '1,5' is not a decimal (such as -12.5 or 1e6)
          decimal  | 1e999999999 | '1e999999999' is not a decimal (such as -12.5 or 1e6)
          decimal  | NaN        | 'NaN' is not a decimal (such as -12.5 or 1e6)
          boolean  | yes        | 'yes' is not a boolean (true or false)
          date     | 2026-02-30 | '2026-02-30' is not a date (a day that exists, as yyyy-mm-dd)
          date     | 31.01.2026 | '31.01.2026' is not a date (a day that exists, as yyyy-mm-dd)
          datetime | 2026-01-31 | '2026-01-31' is not a datetime (such as 2026-01-31T08:30:00Z, or without offset in Europe/Berlin)
          json     | ``         | empty text is not json
          secret   | my secret! | not the name of a secret: up to four parts of letters, digits, '_', '.' and '-', separated by '/'
          """)
  void refuses(String datatype, String text, String problem) {
    assertThat(TypedValue.read(Datatype.of(datatype), Direction.INPUT, text, BERLIN).problems())
        .containsExactly(problem);
  }

  @Test
  void malformedJsonSaysWhy() {
    assertThat(TypedValue.read(Datatype.JSON, Direction.INPUT, "{\"a\": }", BERLIN).problems())
        .singleElement()
        .asString()
        .startsWith("'{\"a\": }' is not json: ");
  }

  @Test
  void anOutputIsTheNameOfADataset() {
    assertThat(TypedValue.read(Datatype.DATASET, Direction.OUTPUT, " delays ", BERLIN).orThrow())
        .isEqualTo(new TypedValue.DatasetOutput("delays"));
    assertThat(TypedValue.read(Datatype.DATASET, Direction.OUTPUT, "raw/delays", BERLIN).problems())
        .containsExactly(
            "dataset to write: 'raw/delays' is not a name: lower-case letters, digits and"
                + " underscores, a letter first");
  }
}
