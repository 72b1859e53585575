package dev.core.orchestrator.engine;

import dev.core.orchestrator.engine.Attempt.Asked;
import java.time.Instant;

/**
 * The partitions of an attempt that are submitted together: one array job, or a plain job for one.
 * Immutable.
 *
 * @param first the lowest index; names the chunk within its attempt
 * @param size how many indexes it has, which follow one another
 * @param jobName deterministic and unique; a job whose answer was lost is found by it
 * @param asked what is known of its submission
 * @param askedAt the last moment at which the backend may have been asked for a job
 */
public record Chunk(
    int first, int size, String jobName, Instant intendedAt, Asked asked, Instant askedAt) {

  static Chunk intended(int first, int size, String jobName, Instant now) {
    return new Chunk(first, size, jobName, now, Asked.NOT_YET, now);
  }

  Chunk with(Asked next, Instant at) {
    return new Chunk(first, size, jobName, intendedAt, next, at);
  }

  /** It is known whether there is a job, and nothing is to be asked for any more. */
  public boolean answered() {
    return asked == Asked.ANSWERED;
  }

  /** The index behind its last. */
  public int end() {
    return first + size;
  }

  boolean has(int index) {
    return index >= first && index < end();
  }
}
