package dev.core.worker.run;

/** An exception in one line, for a log that goes on. */
public final class Reason {

  private Reason() {}

  /** The first line of its message: databases add the whole statement to it. */
  public static String of(Throwable failure) {
    var message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
