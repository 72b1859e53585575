package dev.core.common.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is logged, how and where to.
 *
 * @param level error, warn, info, debug or trace
 * @param json whether the console gets JSON instead of lines for people
 * @param file gets JSON lines; null: none
 * @param logstashHost gets JSON lines over TCP; null: none
 */
public record LoggingSettings(
    String level,
    boolean json,
    @Nullable Path file,
    @Nullable String logstashHost,
    int logstashPort) {

  /** The same at another level, such as debug. */
  public LoggingSettings withLevel(String other) {
    return new LoggingSettings(other, json, file, logstashHost, logstashPort);
  }
}
