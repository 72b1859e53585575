package dev.core.common.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is logged, how and where to.
 *
 * @param level error, warn, info, debug or trace
 * @param json whether the console gets JSON instead of lines for people
 * @param file gets JSON lines; null: none
 * @param rolling when a file is begun anew and an old one removed
 * @param logstashHost gets JSON lines over TCP; null: none
 */
public record LoggingSettings(
    String level,
    boolean json,
    @Nullable Path file,
    Rolling rolling,
    @Nullable String logstashHost,
    int logstashPort) {

  /**
   * @param bytes of which a file is full
   * @param files full ones that are kept
   * @param age after which a full one is removed
   */
  public record Rolling(long bytes, int files, Duration age) {}

  /** The same at another level, such as debug. */
  public LoggingSettings withLevel(String other) {
    return new LoggingSettings(other, json, file, rolling, logstashHost, logstashPort);
  }
}
