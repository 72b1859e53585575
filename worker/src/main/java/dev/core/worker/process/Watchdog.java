package dev.core.worker.process;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One small shell that outlives this JVM for a moment, to end its children: it notices the death by
 * the end of its standard input, which needs no last word from a JVM that was killed.
 *
 * <p>One for all children instead of a wrapper around each, because then a child costs no process
 * more than itself: a wrapper or a {@code setsid} was measured at 0.4 to 0.7 ms for each, which is
 * as much as the rest of the start. Thread-safe.
 */
final class Watchdog {

  private static final String SCRIPT = "/dev/core/worker/process/watchdog.sh";

  private final String variable;
  private final String mark;
  private final Set<Long> watched = new HashSet<>();
  private @Nullable Process shell;

  /**
   * @param variable in the environment of every child
   * @param mark what its value contains, and no other's
   */
  Watchdog(String variable, String mark) {
    this.variable = variable;
    this.mark = mark;
  }

  /** Must be running before the first child is started. */
  synchronized void ready() throws IOException {
    if (shell != null && shell.isAlive()) {
      return;
    }
    var builder =
        new ProcessBuilder("/bin/sh", "-c", script(), "corebot-watchdog", mark)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    // A watchdog of the worker whose child this JVM is must not end this one before its time.
    builder.environment().remove(variable);
    shell = builder.start();
    for (var pid : watched) {
      tell("+ " + pid);
    }
  }

  synchronized void watch(long pid) throws IOException {
    watched.add(pid);
    tell("+ " + pid);
  }

  /** To be called when the process was seen to end: its number may belong to another one soon. */
  synchronized void forget(long pid) throws IOException {
    watched.remove(pid);
    tell("- " + pid);
  }

  private void tell(String line) throws IOException {
    if (shell == null) {
      throw new IllegalStateException("the watchdog was never started");
    }
    OutputStream input = shell.getOutputStream();
    try {
      input.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      input.flush();
    } catch (IOException e) {
      // Somebody ended it; the next child starts another, which is told of all that still run.
      if (shell.isAlive()) {
        throw e;
      }
    }
  }

  private static String script() {
    try (var resource = Watchdog.class.getResourceAsStream(SCRIPT)) {
      if (resource == null) {
        throw new IllegalStateException(SCRIPT + " is not on the class path");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + SCRIPT, e);
    }
  }
}
