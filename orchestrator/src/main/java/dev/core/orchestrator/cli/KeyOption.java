package dev.core.orchestrator.cli;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --idempotency-key}, for commands that change something. */
final class KeyOption {

  private static final int LONGEST = 200;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      description =
          "Asking again with the same key does nothing twice; default: a new key each time.")
  private @Nullable String key;

  /** The key that was given, or a new one. */
  String or(Supplier<String> fresh) {
    var given = key;
    if (given == null) {
      return fresh.get();
    }
    if (given.isBlank() || given.length() > LONGEST) {
      throw new Refused(
          "--idempotency-key has %d characters; allowed: 1 to %d, not blank"
              .formatted(given.length(), LONGEST));
    }
    return given;
  }
}
