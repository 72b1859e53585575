package dev.core.worker.process;

import dev.core.worker.transformation.ChildPrograms.ChildProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A worker in miniature, to be killed: runs its second argument in the shell of a child. */
final class ParentProgram {

  private ParentProgram() {}

  public static void main(String[] arguments) throws Exception {
    var folder = Path.of(arguments[0]);
    var children = new ChildProcesses(UUID.randomUUID().toString(), folder);
    var program = new ChildProgram(List.of("/bin/sh", "-c", arguments[1]), Map.of(), folder);
    System.exit(children.run(program, (stream, line) -> System.out.println(stream + " " + line)));
  }
}
