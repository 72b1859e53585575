package dev.core.migrations;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as SQL writes them: quoted where they must be. */
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private Names() {}

  /** The parts with dots between them. */
  static String of(String... parts) {
    return Arrays.stream(parts).map(Names::quoted).collect(Collectors.joining("."));
  }

  private static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
