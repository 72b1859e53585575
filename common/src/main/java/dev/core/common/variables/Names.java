package dev.core.common.variables;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a name in the store may be: names become parts of task keys, job names and dataset paths, so
 * they are lower-case letters, digits and underscores.
 */
public final class Names {

  /** As long as the store's columns. */
  public static final int MAXIMUM_LENGTH = 63;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private static final String ALLOWED =
      "lower-case letters, digits and underscores, a letter first";

  private Names() {}

  /** Why the text is no name, if it is none. */
  public static Optional<String> problem(String text) {
    if (text.isEmpty()) {
      return Optional.of("a name may not be empty; " + ALLOWED);
    }
    if (text.length() > MAXIMUM_LENGTH) {
      return Optional.of(
          "%s is %d characters long; a name has at most %d"
              .formatted(Quoted.text(text), text.length(), MAXIMUM_LENGTH));
    }
    if (!NAME.matcher(text).matches()) {
      return Optional.of(Quoted.text(text) + " is not a name: " + ALLOWED);
    }
    return Optional.empty();
  }

  public static boolean isName(String text) {
    return problem(text).isEmpty();
  }
}
