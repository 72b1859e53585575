package dev.core.common.variables;

/**
 * Values as error messages show them: in quotes, on one line, not too long, and with what an eye
 * cannot see written as an escape.
 */
public final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  public static String text(String value) {
    var shown = new StringBuilder("'");
    value.codePoints().limit(LONGEST).forEach(each -> append(shown, each));
    return shown.append(value.codePointCount(0, value.length()) > LONGEST ? "…'" : "'").toString();
  }

  /** The same without quotes, however long it is. */
  public static String visible(String value) {
    var shown = new StringBuilder();
    value.codePoints().forEach(each -> append(shown, each));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int codePoint) {
    switch (codePoint) {
      case '\r' -> shown.append("\\r");
      case '\n' -> shown.append("\\n");
      case '\t' -> shown.append("\\t");
      default -> {
        if (isHidden(codePoint)) {
          shown.append("\\u%04x".formatted(codePoint));
        } else {
          shown.appendCodePoint(codePoint);
        }
      }
    }
  }

  private static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
