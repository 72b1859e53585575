package dev.core.orchestrator.compute.local;

import dev.core.common.logging.FullFiles;
import dev.core.common.process.LiveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a resident worker in a session of its own, so that it outlives this process and the
 * terminal's signals. Thread-safe.
 */
final class WorkerStarter {

  private static final Logger LOGGER = LoggerFactory.getLogger(WorkerStarter.class);

  /** A worker that was started shows itself within it. */
  private static final Duration START = Duration.ofSeconds(30);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

  /** Puts a program into the background, its output at the end of a file, and tells its pid. */
  private static final String DETACHED =
      """
      log=$1; shift
      if command -v setsid > /dev/null; then set -- setsid "$@"; else set -- nohup "$@"; fi
      "$@" >> "$log" 2>&1 < /dev/null &
      echo $!
      """;

  private final WorkerProgram program;
  private final LongSupplier nanos;
  private @Nullable ProcessHandle started;
  private long startedAt;

  WorkerStarter(WorkerProgram program, LongSupplier nanos) {
    this.program = program;
    this.nanos = nanos;
  }

  /** To be called when no worker is seen: starts one, unless one is just starting. */
  synchronized void start() {
    long age = nanos.getAsLong() - startedAt;
    if (started != null && age < (LiveProcess.isAlive(started) ? START : AFTER_FAILURE).toNanos()) {
      return;
    }
    if (started != null && !LiveProcess.isAlive(started)) {
      LOGGER.warn("the resident worker ended, starting another; its log is {}", program.log());
    }
    startedAt = nanos.getAsLong();
    try {
      started = detached().orElse(null);
      LOGGER.info("started a resident worker, process {}", started == null ? "?" : started.pid());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a resident worker: " + program, e);
    }
  }

  private Optional<ProcessHandle> detached() throws IOException {
    Files.createDirectories(program.log().toAbsolutePath().getParent());
    new FullFiles(program.log(), program.rolling()).putAwayIfFull();
    var command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "start"));
    command.add(program.log().toString());
    command.addAll(program.command());
    var builder =
        new ProcessBuilder(command)
            .directory(program.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(program.environment());
    var shell = builder.start();
    shell.getOutputStream().close();
    var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      return ProcessHandle.of(Long.parseLong(said));
    } catch (NumberFormatException e) {
      throw new IOException("the shell said '" + said + "' instead of a process number", e);
    }
  }
}
