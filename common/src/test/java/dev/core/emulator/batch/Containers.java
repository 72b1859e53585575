package dev.core.emulator.batch;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Where jobs run: as processes, as threads, or as told by a test. */
public interface Containers {

  /**
   * How a container ended.
   *
   * @param exitCode null: no container ran
   * @param statusReason the job's
   * @param containerReason ECS's, if it gave one
   */
  record Exit(@Nullable Integer exitCode, String statusReason, @Nullable String containerReason) {

    /** The program ended by itself. */
    public static Exit of(int code) {
      return new Exit(code, "Essential container in task exited", null);
    }
  }

  /** A started container. */
  interface Running {

    /** Asks it to end: SIGTERM. */
    void stop();

    /** Ends it: SIGKILL. Its exit is reported as of any other. */
    void kill();
  }

  /**
   * Starts a container. Must not block.
   *
   * @param line takes its output
   * @param exit takes its end, once, from any thread, maybe before this returns
   */
  Running start(JobStart job, Consumer<String> line, Consumer<Exit> exit);
}
