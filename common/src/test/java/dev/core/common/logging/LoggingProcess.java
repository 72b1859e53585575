package dev.core.common.logging;

import dev.core.common.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** A program that logs; logging belongs to a whole process, so tests start one. */
final class LoggingProcess {
  private LoggingProcess() {}

  public static void main(String[] arguments) {
    var log = LoggerFactory.getLogger("dev.core.Program");
    log.info("too early");
    var settings = Settings.load();
    try (var _ = Logging.start(settings.logging(), Map.of("program", "test", "mode", "local"));
        var _ = LogFields.with(Map.of(LogFields.RUN, "7", LogFields.TASK, "p_raw_x_1"))) {
      if (arguments.length > 0) {
        int lines = Integer.parseInt(arguments[1]);
        for (int i = 0; i < lines; i++) {
          log.info("{} {}", arguments[0], i);
        }
        return;
      }
      log.atInfo().addKeyValue("epoch", 3).log("leads");
      log.debug("why");
      log.error("failed", new IllegalStateException("broken"));
      LoggerFactory.getLogger("com.library").info("chatter");
    }
    System.out.println("result");
  }

  record Ended(int code, String out, List<String> err) {}

  static Ended run(Path directory, Map<String, String> environment)
      throws IOException, InterruptedException {
    var process = builder(directory, environment).start();
    var err = process.errorReader(StandardCharsets.UTF_8).lines().toList();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, err);
  }

  /** A process that logs so many lines: its name and their number. */
  static Process start(Path directory, Map<String, String> environment, String name, int lines)
      throws IOException {
    var builder = builder(directory, environment);
    builder.command().addAll(List.of(name, String.valueOf(lines)));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static ProcessBuilder builder(Path directory, Map<String, String> environment) {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LoggingProcess.class.getName());
    var builder = new ProcessBuilder(new ArrayList<>(command)).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CORE_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
