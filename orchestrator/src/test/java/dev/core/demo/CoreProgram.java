package dev.core.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code core} as people have it: a process of its own for each command, with this environment.
 *
 * @param directory where it is started, and keeps what it prints
 */
record CoreProgram(Map<String, String> environment, Path directory) {

  private static final long MINUTES = 4;

  /** What a command printed on standard output; it must have succeeded. */
  String run(String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.statusListenerClass=ch.qos.logback.core.status.NopStatusListener",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.core.orchestrator.Core"));
    command.addAll(List.of(arguments));
    try {
      var out = directory.resolve("out.txt");
      var err = directory.resolve("err.txt");
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(Redirect.to(out.toFile()))
              .redirectError(Redirect.to(err.toFile()));
      builder.environment().keySet().removeIf(name -> name.startsWith("CORE_"));
      builder.environment().putAll(environment);
      var process = builder.start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(said(arguments, "did not end", out, err));
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(said(arguments, "exited with " + process.exitValue(), out, err));
      }
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  JsonNode json(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return Json.tree(run(all.toArray(String[]::new)));
  }

  private static String said(String[] arguments, String what, Path out, Path err)
      throws IOException {
    return "core %s %s:\n%s\n%s"
        .formatted(String.join(" ", arguments), what, Files.readString(out), Files.readString(err));
  }
}
