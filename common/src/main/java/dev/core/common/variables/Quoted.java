package dev.core.common.variables;

/** Values as error messages show them: in quotes, on one line, not too long. */
public final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  public static String text(String value) {
    var shown = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
    return "'" + shown.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t") + "'";
  }
}
