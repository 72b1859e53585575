package dev.core.orchestrator.cli;

import picocli.CommandLine.Option;

/** {@code --reason}, for commands whose why belongs into the record. */
final class ReasonOption {

  private static final int LONGEST = 300;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private String reason = "";

  String text() {
    if (reason.length() > LONGEST) {
      throw new Refused(
          "--reason has %d characters; allowed: at most %d".formatted(reason.length(), LONGEST));
    }
    return reason;
  }
}
