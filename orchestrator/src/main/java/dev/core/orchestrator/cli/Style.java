package dev.core.orchestrator.cli;

/** How a text is dressed on a terminal with colours; elsewhere all are plain. */
enum Style {
  PLAIN(""),
  TITLE("1"),
  FAINT("2"),
  GOOD("32"),
  BAD("31"),
  BUSY("36"),
  WARNING("33");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
