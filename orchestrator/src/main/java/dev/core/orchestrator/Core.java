package dev.core.orchestrator;

import dev.core.orchestrator.cli.Context;
import dev.core.orchestrator.cli.CoreCommandLine;
import dev.core.orchestrator.cli.Terminal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/** The program {@code core}. */
public final class Core {

  private Core() {}

  public static void main(String[] arguments) {
    var environment = System.getenv();
    int code;
    try (var context =
        new Context(
            environment,
            Path.of(""),
            Terminal.console(environment),
            new Installation(),
            () -> UUID.randomUUID().toString(),
            InstantSource.system())) {
      code = new CoreCommandLine(context).run(arguments);
    }
    System.exit(code);
  }
}
