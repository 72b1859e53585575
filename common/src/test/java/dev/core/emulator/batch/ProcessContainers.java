package dev.core.emulator.batch;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Each job is a process of this machine; images do not matter, only what the command's first word
 * stands for.
 */
public final class ProcessContainers implements Containers {

  /** Of this machine's environment, what a program needs to start at all. */
  private static final List<String> INHERITED =
      List.of("PATH", "JAVA_HOME", "HOME", "LANG", "TMPDIR");

  private final Map<String, List<String>> programs;
  private final Path directory;
  private final Set<Process> processes = ConcurrentHashMap.newKeySet();

  /**
   * @param programs by the first word of a command, what is really started in its place, such as
   *     {@code corebot} by a java command line
   * @param directory in which they run
   */
  public ProcessContainers(Map<String, List<String>> programs, Path directory) {
    this.programs = Map.copyOf(programs);
    this.directory = directory;
  }

  /** The processes of containers that run. */
  public List<ProcessHandle> running() {
    return processes.stream().filter(Process::isAlive).map(Process::toHandle).toList();
  }

  @Override
  public Running start(JobStart job, Consumer<String> line, Consumer<Exit> exit) {
    var command = new ArrayList<String>();
    for (String word : job.command()) {
      if (command.isEmpty()) {
        command.addAll(programs.getOrDefault(word, List.of(word)));
      } else {
        command.add(word);
      }
    }
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(job.environment());
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      exit.accept(
          new Exit(null, "Task failed to start", "CannotStartContainerError: " + e.getMessage()));
      return new Nothing();
    }
    processes.add(process);
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(line);
          } catch (IOException | RuntimeException e) {
            line.accept("output ends: " + e.getMessage());
          }
          int code = process.onExit().join().exitValue();
          processes.remove(process);
          exit.accept(Exit.of(code));
        });
    return new Child(process);
  }

  private record Nothing() implements Running {
    @Override
    public void stop() {}

    @Override
    public void kill() {}
  }

  private record Child(Process process) implements Running {
    @Override
    public void stop() {
      process.destroy();
    }

    @Override
    public void kill() {
      // All that is in a container ends with it.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
