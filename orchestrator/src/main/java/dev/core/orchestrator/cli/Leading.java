package dev.core.orchestrator.cli;

import dev.core.common.logging.Logging;
import dev.core.common.settings.LoggingSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that somebody leads: if nobody does, the engine is started in this process, and led
 * until this is closed.
 */
final class Leading implements AutoCloseable {

  /** How often to look whether the leader is still there. */
  static final Duration LOOK = Duration.ofMillis(500);

  private final Context context;
  private Engine.@Nullable Running engine;
  private @Nullable Logging logging;

  Leading(Context context) {
    this.context = context;
  }

  /** Cheap enough to be called at every look at a run. */
  void ensure() {
    if (engine == null && !context.runs().leader().alive()) {
      logging = Logging.start(quiet(context.settings().logging()), Map.of("program", "core"));
      engine = context.engine().start(context.settings(), context.database());
    }
  }

  /**
   * Decisions of the engine are not for a terminal that shows progress, unless they are asked for.
   */
  private static LoggingSettings quiet(LoggingSettings settings) {
    return settings.level().equals("info")
            && settings.file() == null
            && settings.logstashHost() == null
        ? new LoggingSettings(
            "warn", settings.json(), null, settings.rolling(), null, settings.logstashPort())
        : settings;
  }

  /** Whether this process leads, or stands by to. */
  boolean here() {
    return engine != null;
  }

  @Override
  public void close() {
    var started = engine;
    engine = null;
    if (started != null) {
      try (var _ = logging) {
        started.close();
      }
    }
  }
}
