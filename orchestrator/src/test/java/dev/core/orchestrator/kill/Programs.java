package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Starts the program {@code core} from the class path of this JVM, as people would. */
final class Programs {

  private final Path folder;
  private final Map<String, String> settings;
  private final List<Process> started = new ArrayList<>();

  /**
   * @param folder where they run; their output goes there too
   */
  Programs(Path folder, Map<String, String> settings) {
    this.folder = folder;
    this.settings = new TreeMap<>(settings);
  }

  Process core(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.core.orchestrator.Core"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(started.size()).toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CORE_"));
    builder.environment().putAll(settings);
    try {
      var process = builder.start();
      started.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends a process as a power failure would: it learns nothing of it. */
  static void kill(ProcessHandle process) {
    assertThat(process.destroyForcibly()).as("SIGKILL of process %d", process.pid()).isTrue();
    var _ = process.onExit().join();
  }

  /** What all of them printed, the oldest first. */
  String output() {
    var text = new StringBuilder();
    for (int i = 0; i < started.size(); i++) {
      try {
        text.append("--- process %d%n%s".formatted(i + 1, Files.readString(log(i))));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return text.toString();
  }

  /** What one of them has printed so far. */
  String output(Process process) {
    try {
      return Files.readString(log(started.indexOf(process)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void killAll() {
    started.stream().filter(Process::isAlive).map(Process::toHandle).forEach(Programs::kill);
  }

  private Path log(int number) {
    return folder.resolve("core-%d.log".formatted(number + 1));
  }
}
