package dev.core.worker.process;

import dev.core.worker.transformation.ChildPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs programs as children of this JVM that never outlive it, nor the thread that runs them.
 * Thread-safe.
 *
 * <p>Output goes through files, not pipes: a process left in the background cannot hold up the end
 * of its parent by keeping a pipe open, and no threads are needed to read. A child's standard input
 * is empty. What a program leaves running when it ends by itself is ended with this JVM at the
 * latest.
 */
public final class ChildProcesses implements ChildPrograms {

  private static final String MARK = "COREBOT_CHILD";
  private static final long FIRST_LOOK_MILLIS = 20;
  private static final long LAST_LOOK_MILLIS = 200;

  private final String id;
  private final Path outputRoot;
  private final Watchdog watchdog;
  private final AtomicLong numbers = new AtomicLong();
  private volatile boolean outputRootMade;

  /**
   * @param id random; tells the children of this JVM from others
   * @param outputRoot where the output of running children is kept; made when needed
   */
  public ChildProcesses(String id, Path outputRoot) {
    this.id = id;
    this.outputRoot = outputRoot;
    this.watchdog = new Watchdog(MARK, id + ".");
  }

  /**
   * How a child is ended whose thread was interrupted.
   *
   * @param grace for what was asked to end, before it is killed
   * @param rootOnly ask the child alone, which ends its own children; otherwise all at once
   */
  public record Ending(Duration grace, boolean rootOnly) {}

  @Override
  public int run(ChildProgram program, LineSink lines) throws IOException, InterruptedException {
    return run(program, lines, new Ending(Duration.ofSeconds(5), false));
  }

  /** The same, with a choice of how an interrupt ends it. */
  public int run(ChildProgram program, LineSink lines, Ending ending)
      throws IOException, InterruptedException {
    makeOutputRoot();
    var file = id + "." + numbers.incrementAndGet();
    var name = file + ";";
    var out = outputRoot.resolve(file + ".out");
    var err = outputRoot.resolve(file + ".err");
    try (var outLines = new FollowedFile(out, text -> lines.line(Stream.OUT, text));
        var errLines = new FollowedFile(err, text -> lines.line(Stream.ERR, text))) {
      var child = start(program, name, out, err);
      try {
        long look = FIRST_LOOK_MILLIS;
        while (!child.waitFor(look, TimeUnit.MILLISECONDS)) {
          boolean news = errLines.read() | outLines.read();
          look = news ? FIRST_LOOK_MILLIS : Math.min(LAST_LOOK_MILLIS, look * 2);
        }
        errLines.readToEnd();
        outLines.readToEnd();
        return child.exitValue();
      } finally {
        if (child.isAlive()) {
          new ProcessTree(child, name).end(ending);
        }
        watchdog.forget(child.pid());
      }
    }
  }

  private void makeOutputRoot() throws IOException {
    if (!outputRootMade) {
      Files.createDirectories(outputRoot);
      outputRootMade = true;
    }
  }

  private Process start(ChildProgram program, String name, Path out, Path err) throws IOException {
    watchdog.ready();
    var builder =
        new ProcessBuilder(program.command())
            .directory(program.directory().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(program.environment());
    // This JVM may itself be the child of a worker: both marks find what descends from both.
    builder.environment().merge(MARK, name, String::concat);
    var child = builder.start();
    watchdog.watch(child.pid());
    return child;
  }
}
