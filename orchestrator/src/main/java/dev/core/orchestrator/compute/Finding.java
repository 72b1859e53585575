package dev.core.orchestrator.compute;

import org.jspecify.annotations.Nullable;

/**
 * What was found of one thing that an installation needs.
 *
 * @param subject the thing, such as {@code job queue}
 * @param text what it is, or what is wrong with it
 * @param remedy what to do; null unless something is wrong
 */
public record Finding(String subject, Standing standing, String text, @Nullable String remedy) {

  /** Whether it will do. */
  public enum Standing {
    GOOD,
    /** It could not be looked at from here; nothing is known to be wrong. */
    UNKNOWN,
    BAD
  }

  public static Finding good(String subject, String text) {
    return new Finding(subject, Standing.GOOD, text, null);
  }

  public static Finding unknown(String subject, String text) {
    return new Finding(subject, Standing.UNKNOWN, text, null);
  }

  public static Finding bad(String subject, String text, String remedy) {
    return new Finding(subject, Standing.BAD, text, remedy);
  }
}
