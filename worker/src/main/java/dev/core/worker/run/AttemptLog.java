package dev.core.worker.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The log file of one attempt, if it has one, while it is written. */
public final class AttemptLog implements AutoCloseable {

  private final AttemptLogs logs;
  private final @Nullable Path file;

  /**
   * @param file null: its lines go where the worker's own go
   */
  public AttemptLog(AttemptLogs logs, @Nullable Path file) {
    this.logs = logs;
    this.file = file;
    if (file != null) {
      logs.open(file);
    }
  }

  /** The fields of its log lines: the labels, and what leads them into the file. */
  public Map<String, String> fields(Map<String, String> labels) {
    var fields = new TreeMap<>(labels);
    if (file != null) {
      fields.put(AttemptLogs.FIELD, file.toString());
    }
    return fields;
  }

  /** A line of a program that writes its own times and levels. */
  public void line(String text) {
    if (file != null) {
      logs.line(file, text);
    }
  }

  @Override
  public void close() {
    if (file != null) {
      logs.close(file);
    }
  }
}
