package dev.core.emulator.batch;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Jobs that do what a test says: it is called with each job that starts, and decides when and how
 * it ends.
 */
public final class ScriptedContainers implements Containers {

  /** A started job, in the hands of the test. Thread-safe. */
  public static final class Scripted implements Running {
    private final JobStart start;
    private final Consumer<String> line;
    private final Consumer<Exit> exit;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private Scripted(JobStart start, Consumer<String> line, Consumer<Exit> exit) {
      this.start = start;
      this.line = line;
      this.exit = exit;
    }

    public JobStart start() {
      return start;
    }

    public void print(String text) {
      line.accept(text);
    }

    /** It ends; only the first end counts. */
    public void end(Exit how) {
      exit.accept(how);
    }

    /** Completes when the job is asked to end. */
    public CompletableFuture<Void> stopped() {
      return stopped;
    }

    @Override
    public void stop() {
      stopped.complete(null);
    }

    @Override
    public void kill() {
      end(Exit.of(137));
    }
  }

  private final Consumer<Scripted> script;

  /**
   * @param script must not block; called by the thread of Batch
   */
  public ScriptedContainers(Consumer<Scripted> script) {
    this.script = script;
  }

  @Override
  public Running start(JobStart job, Consumer<String> line, Consumer<Exit> exit) {
    var scripted = new Scripted(job, line, exit);
    script.accept(scripted);
    return scripted;
  }
}
