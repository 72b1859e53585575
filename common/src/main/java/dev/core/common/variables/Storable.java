package dev.core.common.variables;

import java.util.Optional;

/** Which texts every database can store, and every program can be given. */
public final class Storable {

  private Storable() {}

  /** Why the text cannot be stored, if it cannot. */
  public static Optional<String> problem(String text) {
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '\0') {
        return Optional.of("may not hold the character NUL; delete it");
      }
      if (Character.isHighSurrogate(each)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(each)) {
        return Optional.of(
            "may not hold half a character (\\u%04x); write both halves, or the character itself"
                .formatted((int) each));
      }
    }
    return Optional.empty();
  }
}
