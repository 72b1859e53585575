package dev.core.common.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a row of {@code local_jobs} asks the resident worker of a machine for.
 *
 * @param isolated run it in a process of its own instead of in the resident one
 * @param timeoutSeconds after which the resident worker stops it
 * @param labels run, task, attempt …, for log lines
 * @param logFile where its log lines go; null: nowhere but the worker's own log
 * @param jobId what the backend calls it; null: by the id of its row
 */
public record LocalJobRequest(
    boolean isolated,
    int memoryMib,
    int timeoutSeconds,
    Map<String, String> labels,
    @Nullable String logFile,
    @Nullable String jobId) {

  /** Of a job that is no member of an array. */
  public LocalJobRequest(
      boolean isolated,
      int memoryMib,
      int timeoutSeconds,
      Map<String, String> labels,
      @Nullable String logFile) {
    this(isolated, memoryMib, timeoutSeconds, labels, logFile, null);
  }

  public LocalJobRequest {
    labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
  }
}
