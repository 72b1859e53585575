package dev.core.orchestrator.engine.loop;

import dev.core.migrations.h2.ExecutionClock;
import dev.core.migrations.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** {@code execution.clock()}, which goes on from whatever time a test sets. */
final class ClockUnderTest implements AutoCloseable {

  private static final InstantSource REAL = InstantSource.system();

  private final Jdbi jdbi;
  private final boolean postgres;

  ClockUnderTest(TestDatabase database, Jdbi jdbi) {
    this.jdbi = jdbi;
    this.postgres = database.isPostgres();
    if (postgres) {
      jdbi.useTransaction(handle -> {
        handle.execute("create table execution.clock_under_test (ahead interval not null)");
        handle.execute("grant select on execution.clock_under_test to public");
        handle.execute("insert into execution.clock_under_test values (interval '0')");
        handle.execute(
            """
            create or replace function execution.clock() returns timestamp with time zone
              language sql volatile
              as 'select clock_timestamp() + ahead from execution.clock_under_test'
            """);
      });
    }
  }

  ClockUnderTest set(String time) {
    Duration ahead = Duration.between(REAL.instant(), Instant.parse(time));
    if (postgres) {
      jdbi.useHandle(handle ->
          handle.execute(
              "update execution.clock_under_test set ahead = ? * interval '1 millisecond'",
              ahead.toMillis()));
    } else {
      ExecutionClock.follow(() -> REAL.instant().plus(ahead));
    }
    return this;
  }

  @Override
  public void close() {
    ExecutionClock.follow(REAL);
  }
}
