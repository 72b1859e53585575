package dev.core.worker.transformation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs other programs as children that never outlive the attempt. */
@FunctionalInterface
public interface ChildPrograms {

  /**
   * Runs a program to its end. An interrupt ends it with everything that it started, as does the
   * death of this process.
   *
   * @return its exit code; 128 + n when signal n ended it
   * @throws IOException if it could not be started
   */
  int run(ChildProgram program, LineSink lines) throws IOException, InterruptedException;

  /**
   * @param command program and arguments
   * @param environment added to what every child gets
   */
  record ChildProgram(List<String> command, Map<String, String> environment, Path directory) {
    public ChildProgram {
      command = List.copyOf(command);
      environment = Map.copyOf(environment);
    }
  }

  /** Gets each line as soon as it is complete, one at a time. */
  @FunctionalInterface
  interface LineSink {
    void line(Stream stream, String text);
  }

  /** Where a line came from. */
  enum Stream {
    OUT,
    ERR
  }
}
