package dev.core.orchestrator.cli;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds out what the streams of this process are connected to. */
public final class Terminal {

  private static final int USUAL_WIDTH = 100;

  private Terminal() {}

  /** The console of this process. Nothing is coloured if {@code NO_COLOR} is set. */
  public static Console console(Map<String, String> environment) {
    var out = isTerminal(1);
    var err = isTerminal(2);
    return new Console(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        out,
        err,
        out || err ? width(environment) : Integer.MAX_VALUE,
        out
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "dumb").equals("dumb"),
        isTerminal(0) && err ? Terminal::line : null);
  }

  private static @Nullable String line() {
    try {
      var line = new ByteArrayOutputStream();
      for (int next = System.in.read(); next != '\n'; next = System.in.read()) {
        if (next < 0) {
          return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
        }
        line.write(next);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer", e);
    }
  }

  private static PrintWriter writer(FileDescriptor stream) {
    return new PrintWriter(new FileOutputStream(stream), false, StandardCharsets.UTF_8);
  }

  /** {@code System.console()} only knows whether all streams are terminals; Linux tells of each. */
  private static boolean isTerminal(int stream) {
    var link = Path.of("/proc/self/fd/" + stream);
    try {
      var target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      var console = System.console();
      return console != null && console.isTerminal();
    }
  }

  private static int width(Map<String, String> environment) {
    var columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : asked();
  }

  /** Asks the terminal; a usual width if it does not say. */
  private static int asked() {
    try {
      var process =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.from(Path.of("/dev/tty").toFile()))
              .redirectError(Redirect.DISCARD)
              .start();
      var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      var parts = answer.strip().split(" ", -1);
      return process.waitFor(1, TimeUnit.SECONDS)
              && parts.length == 2
              && parts[1].matches("[1-9][0-9]{1,3}")
          ? Integer.parseInt(parts[1])
          : USUAL_WIDTH;
    } catch (IOException e) {
      return USUAL_WIDTH;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_WIDTH;
    }
  }
}
