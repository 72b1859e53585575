package dev.core.orchestrator.cli;

import java.util.List;

/**
 * A command cannot do what was asked, and says why in words for people; never shown with a stack
 * trace unless asked for. Ends the program with {@link ExitCode#REFUSED}.
 */
public final class Refused extends RuntimeException {

  public Refused(String message) {
    super(message);
  }

  public Refused(String message, Throwable cause) {
    super(message, cause);
  }

  /** Several faults at once, below a first line that says what they have in common. */
  public static Refused because(String what, List<String> faults) {
    return new Refused(what + "\n  " + String.join("\n  ", faults));
  }
}
