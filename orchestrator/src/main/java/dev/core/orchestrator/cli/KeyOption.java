package dev.core.orchestrator.cli;

import dev.core.common.variables.Quoted;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --idempotency-key}, for commands that change something. */
final class KeyOption {

  /** The same over HTTP, where a header could hold nothing else. */
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

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
    if (!KEY.matcher(given).matches()) {
      throw new Refused(
          "--idempotency-key is %s, of %d characters; allowed: 1 to 200 visible ASCII characters"
                  .formatted(Quoted.text(given), given.length())
              + " without spaces");
    }
    return given;
  }
}
