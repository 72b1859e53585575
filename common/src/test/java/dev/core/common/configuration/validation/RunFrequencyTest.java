package dev.core.common.configuration.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.cronutils.model.time.ExecutionTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFrequencyTest {

  @ParameterizedTest
  @CsvSource({
    "hourly, 2026-01-15T11:00Z",
    "@daily, 2026-01-16T00:00Z",
    "Weekly, 2026-01-18T00:00Z",
    "@monthly, 2026-02-01T00:00Z",
    "yearly, 2027-01-01T00:00Z",
    "0 3 * * 1-5, 2026-01-16T03:00Z",
    "*/15 * * * *, 2026-01-15T10:45Z",
    "0  3 * * MON, 2026-01-19T03:00Z",
    "0 0 ? * 7, 2026-01-18T00:00Z",
    "0 0 ? * 0, 2026-01-18T00:00Z",
    "0 0 L * ?, 2026-01-31T00:00Z",
    "0 0 * * fri#2, 2026-02-13T00:00Z",
    "0 0 13 * 5, 2026-01-16T00:00Z",
    "0 0 29 2 *, 2028-02-29T00:00Z",
    "0 0 1 jan *, 2027-01-01T00:00Z"
  })
  void firesNext(String frequency, String next) {
    var cron = RunFrequency.parse(frequency).orThrow().cron();

    assertThat(
            ExecutionTime.forCron(cron).nextExecution(ZonedDateTime.parse("2026-01-15T10:30:00Z")))
        .contains(ZonedDateTime.parse(next));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          MON * * * *  | 'MON * * * *' is no cron expression: 'mon' is no minute
          * * * * *#   | '* * * * *#' is no cron expression: '*#' is no day of week
          * * * * fri#6 | '* * * * fri#6' is no cron expression: 'fri#6' is no day of week
          * * * foo *  | '* * * foo *' is no cron expression: 'foo' is no month
          * 24 * * *   | '* 24 * * *' is no cron expression: Value 24 not in range [0, 23]
          * * 31 2,4 * | '* * 31 2,4 *' never fires: no month has such a day
          @reboot      | '@reboot' is no frequency; allowed: hourly, daily, weekly, monthly, yearly or a cron expression such as '0 3 * * 1-5'
          """)
  void isRefused(String frequency, String problem) {
    assertThat(RunFrequency.parse(frequency).problems()).containsExactly(problem);
  }

  @Test
  void anyTextIsAnswered() {
    var pieces =
        List.of(
            "*",
            "1",
            "0",
            "59",
            "/",
            "-",
            ",",
            "l",
            "w",
            "#",
            "?",
            "mon",
            "jan",
            "5l",
            "lw",
            "*/5",
            "1-5",
            "7",
            "31",
            "-1",
            "fri#2",
            "1w",
            "99999999999",
            "@",
            ".",
            "%",
            "l-3",
            "\u00e9");
    var random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      var text = new StringBuilder();
      for (int field = 0; field < 5; field++) {
        text.append(field == 0 ? "" : " ");
        for (int length = 1 + random.nextInt(2); length > 0; length--) {
          text.append(random.nextInt(3) > 0 ? "*" : pieces.get(random.nextInt(pieces.size())));
        }
      }
      var frequency = text.toString().replace("**", "*");

      assertThatCode(() -> RunFrequency.parse(frequency).map(RunFrequency::cron))
          .as(frequency)
          .doesNotThrowAnyException();
    }
  }
}
