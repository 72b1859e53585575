package dev.core.common.logging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Fields of all log lines that this thread writes until it is closed; what they were before comes
 * back then. Close it on the same thread, the last opened first.
 */
public final class LogFields implements AutoCloseable {
  public static final String RUN = "run";
  public static final String TASK = "task";
  public static final String ATTEMPT = "attempt";
  public static final String JOB = "job";
  public static final String MODE = "mode";

  /** Those that lines for people show, in this order. */
  static final List<String> SHOWN = List.of(RUN, TASK, ATTEMPT, JOB);

  private final Map<String, @Nullable String> before = new HashMap<>();

  private LogFields(Map<String, String> fields) {
    fields.forEach((name, value) -> {
      before.put(name, MDC.get(name));
      MDC.put(name, value);
    });
  }

  public static LogFields with(Map<String, String> fields) {
    return new LogFields(fields);
  }

  public static LogFields with(String name, Object value) {
    return new LogFields(Map.of(name, value.toString()));
  }

  @Override
  public void close() {
    before.forEach((name, value) -> {
      if (value == null) {
        MDC.remove(name);
      } else {
        MDC.put(name, value);
      }
    });
  }
}
