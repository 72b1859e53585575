package dev.core.common.configuration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.cronutils.model.time.ExecutionTime;
import java.time.ZonedDateTime;
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
}
