package dev.core.emulator.batch;

import java.time.Duration;

/**
 * How long Batch takes, in emulated time.
 *
 * @param runnable from SUBMITTED to RUNNABLE
 * @param starting from RUNNABLE to STARTING, when there is room
 * @param running from STARTING to RUNNING
 * @param killAfter from SIGTERM to SIGKILL
 * @param retention how long an ended job is known
 */
public record Delays(
    Duration runnable,
    Duration starting,
    Duration running,
    Duration killAfter,
    Duration retention) {

  /** As quick as it can be: for tests of other things. */
  public static Delays brief() {
    return new Delays(
        Duration.ofMillis(2),
        Duration.ofMillis(2),
        Duration.ofMillis(2),
        Duration.ofSeconds(2),
        Duration.ofHours(24));
  }

  /** A job starts, and may end, before SubmitJob is answered. */
  public static Delays none() {
    return new Delays(
        Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(2), Duration.ofHours(24));
  }

  /** Near to those of Fargate. */
  public static Delays lifelike() {
    return new Delays(
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(25),
        Duration.ofSeconds(30),
        Duration.ofHours(24));
  }
}
