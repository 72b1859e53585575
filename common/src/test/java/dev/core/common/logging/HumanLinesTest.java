package dev.core.common.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class HumanLinesTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void aLineShowsWhatHappenedAndToWhat() {
    var event = event(Level.INFO, null);
    event.addKeyValuePair(new KeyValuePair("epoch", 3));
    event.setMDCPropertyMap(Map.of("task", "p_raw_x_1", "run", "7", "attempt_log", "/hidden"));

    assertThat(new HumanLines(ZoneOffset.UTC, false).doLayout(event))
        .isEqualTo("10:11:12.013 INFO  it happened  epoch=3  run=7  task=p_raw_x_1\n");
  }

  @Test
  void anExceptionIsToldInOneLineUnlessItsTraceIsAskedFor() {
    var cause = new IllegalArgumentException("no such table");
    var event = event(Level.ERROR, new IllegalStateException("cannot read: no such table", cause));

    assertThat(new HumanLines(ZoneOffset.UTC, false).doLayout(event))
        .isEqualTo("10:11:12.013 ERROR it happened: cannot read: no such table\n");
    assertThat(new HumanLines(ZoneOffset.UTC, true).doLayout(event).lines().toList())
        .startsWith("10:11:12.013 ERROR it happened")
        .anyMatch(line -> line.contains("at dev.core.common.logging.HumanLinesTest"));
  }

  private LoggingEvent event(Level level, @Nullable Throwable thrown) {
    context.setMDCAdapter(new LogbackMDCAdapter());
    var event =
        new LoggingEvent(
            "test",
            context.getLogger("dev.core"),
            level,
            "it {}",
            thrown,
            List.of("happened").toArray());
    event.setInstant(Instant.parse("2026-01-02T10:11:12.013Z"));
    return event;
  }
}
