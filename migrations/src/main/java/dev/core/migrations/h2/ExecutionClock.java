package dev.core.migrations.h2;

import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * H2's {@code execution.clock()}: the time of the process that hosts the database, to the
 * microsecond, as Postgres keeps it.
 *
 * <p>Public and static because H2 calls it by name. Thread-safe. A simulator replaces the source of
 * the whole JVM with {@link #follow}; nothing else may.
 */
public final class ExecutionClock {

  private static volatile InstantSource source = InstantSource.system();

  private ExecutionClock() {}

  /** The current time in UTC; what {@code select execution.clock()} answers. */
  public static OffsetDateTime now() {
    return source.instant().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  /** Lets every H2 database of this JVM tell the time of {@code replacement} from now on. */
  public static void follow(InstantSource replacement) {
    source = replacement;
  }
}
