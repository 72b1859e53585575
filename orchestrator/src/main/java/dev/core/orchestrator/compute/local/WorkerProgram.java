package dev.core.orchestrator.compute.local;

import dev.core.common.settings.LoggingSettings;
import dev.core.common.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start a resident worker.
 *
 * @param environment added to this process's own; may hold passwords
 * @param directory where it runs
 * @param log gets what it prints
 * @param rolling of the log, when a worker is started
 */
public record WorkerProgram(
    List<String> command,
    Map<String, String> environment,
    Path directory,
    Path log,
    LoggingSettings.Rolling rolling) {

  public WorkerProgram {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * {@code corebot serve} from the class path of this process, where the worker's jar must be, with
   * the same settings, and no other login of the database than its own if it has one.
   */
  public static WorkerProgram of(Settings settings) {
    // Most of its work is waiting, starting processes and native code: the quick compiler does, and
    // the thorough one would cost more time of the processor than a short run has.
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.core.worker.Corebot",
            "serve");
    return new WorkerProgram(
        command,
        settings.forWorkerProcess(),
        settings.directory(),
        settings.home().resolve("logs").resolve("serve.log"),
        settings.logging().rolling());
  }

  /** Without the environment. */
  @Override
  public String toString() {
    return String.join(" ", command);
  }
}
