package dev.core.worker.run;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.MemoryExhausted;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Says what an exception of a transformation means. */
public final class Failures {

  private static final int LONGEST_MESSAGE = 1000;
  private static final int DEEPEST = 20;

  private Failures() {}

  /** The outcome: a class of failure, and one short line; the whole trace belongs in the log. */
  public static Outcome outcome(Throwable thrown) {
    return Outcome.failure(failureClass(thrown), message(thrown));
  }

  /**
   * Whether the message tells people what to do: it is one of CORE's own, or of a database. Where
   * in the code it came from is of no use to them then.
   */
  static boolean saysEnough(Throwable thrown) {
    return thrown instanceof SQLException
        || (thrown instanceof Exception && thrown.getClass().getName().startsWith("dev.core."));
  }

  private static FailureClass failureClass(Throwable thrown) {
    if (thrown instanceof ConfigurationFault) {
      return FailureClass.CONFIGURATION;
    }
    int depth = 0;
    for (Throwable each = thrown; each != null && depth < DEEPEST; each = each.getCause()) {
      if (each instanceof OutOfMemoryError || each instanceof MemoryExhausted) {
        return FailureClass.OUT_OF_MEMORY;
      }
      depth++;
    }
    return FailureClass.USER;
  }

  private static String message(Throwable thrown) {
    var text = thrown.getMessage();
    var said =
        thrown instanceof ConfigurationFault && text != null
            ? text
            : name(thrown.getClass()) + (text == null ? "" : ": " + text);
    return shortened(said.strip());
  }

  private static String name(Class<?> type) {
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
  }

  /** The outcome of an attempt that threw, and may have been stopped before. */
  static Outcome outcome(Throwable thrown, @Nullable Stop stop) {
    return stop == null ? outcome(thrown) : stop.outcome();
  }
}
