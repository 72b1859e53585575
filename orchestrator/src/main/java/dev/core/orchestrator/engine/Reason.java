package dev.core.orchestrator.engine;

/** Reasons come from people and backends, of any length; what is recorded has at most 500 chars. */
final class Reason {

  private static final int LONGEST = 500;

  private Reason() {}

  static String shortened(String reason) {
    if (reason.length() <= LONGEST) {
      return reason;
    }
    int end = LONGEST - 1;
    return reason.substring(0, Character.isHighSurrogate(reason.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }
}
