package dev.core.orchestrator.compute.cloud.publish;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A program of the command line, such as docker, run as child processes in one directory. */
final class Program {

  /** Of what a program said last, in an error. */
  private static final int LAST_LINES = 8;

  private final String program;
  private final Path directory;
  private final Map<String, String> variables;
  private final Consumer<String> lines;

  /**
   * @param variables added to the environment
   * @param lines takes what the program prints
   */
  Program(String program, Path directory, Map<String, String> variables, Consumer<String> lines) {
    this.program = program;
    this.directory = directory;
    this.variables = variables;
    this.lines = lines;
  }

  /** A program could not be started, or ended with another exit code than 0. */
  static final class Failed extends RuntimeException {
    Failed(String message) {
      super(message);
    }
  }

  /** The same with more variables. */
  Program with(Map<String, String> more) {
    return new Program(program, directory, more, lines);
  }

  /**
   * Runs it to its end.
   *
   * @throws Failed with what it said last
   */
  void run(String... arguments) throws InterruptedException {
    var _ = run("", lines, arguments);
  }

  /**
   * Runs it with this on its standard input, which is not repeated in an error.
   *
   * @throws Failed with what it said last
   */
  void runWith(String input, String... arguments) throws InterruptedException {
    var _ = run(input, lines, arguments);
  }

  /**
   * What it prints, without white space around it.
   *
   * @throws Failed with what it said last
   */
  String answer(String... arguments) throws InterruptedException {
    return run("", _ -> {}, arguments).strip();
  }

  private String run(String input, Consumer<String> listener, String... arguments)
      throws InterruptedException {
    var command = new ArrayList<String>(List.of(program));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(variables);
    var all = new StringBuilder();
    var last = new ArrayDeque<String>();
    try {
      Process process = builder.start();
      try (var to = process.outputWriter(StandardCharsets.UTF_8)) {
        to.write(input);
      } catch (IOException e) {
        // It ended without reading; its exit code and words tell more than the broken pipe.
        last.add("standard input: " + e.getMessage());
      }
      try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = from.readLine(); line != null; line = from.readLine()) {
          listener.accept(line);
          all.append(line).append('\n');
          last.add(line);
          if (last.size() > LAST_LINES) {
            last.removeFirst();
          }
        }
      }
      int code = process.waitFor();
      if (code != 0) {
        throw new Failed(
            "%s %s ended with exit code %d: %s"
                .formatted(program, arguments[0], code, String.join("; ", last)));
      }
      return all.toString();
    } catch (IOException e) {
      throw new Failed("%s cannot be started: %s".formatted(program, e.getMessage()));
    }
  }
}
