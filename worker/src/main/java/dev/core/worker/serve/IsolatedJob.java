package dev.core.worker.serve;

import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.jdbc.EndedJob;
import dev.core.common.protocol.jdbc.TakenJob;
import dev.core.worker.process.ChildProcesses.Ending;
import dev.core.worker.run.AttemptLog;
import dev.core.worker.run.Stop;
import dev.core.worker.transformation.ChildPrograms.ChildProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job in a process of its own, {@code corebot run}, which claims, renews and reports for itself;
 * here it is only started, logged, and ended if it does not end by itself.
 */
final class IsolatedJob implements ActiveJob {

  private static final Logger LOGGER = LoggerFactory.getLogger(IsolatedJob.class);

  /** The process interrupts its work and writes its outcome within it. */
  private static final Ending ENDING = new Ending(Duration.ofSeconds(30), true);

  /** The process knows its time-out best; this is for one that hangs. */
  private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(60);

  private final TakenJob job;
  private final Tools tools;
  private final long started;
  private final AtomicReference<@Nullable Stop> stopped = new AtomicReference<>();
  private final Thread thread;

  private IsolatedJob(TakenJob job, Tools tools, Consumer<EndedJob> ended) {
    this.job = job;
    this.tools = tools;
    this.started = tools.nanos().getAsLong();
    this.thread =
        Thread.ofPlatform()
            .name("job " + job.jobId())
            .daemon()
            .unstarted(() -> ended.accept(run()));
  }

  static IsolatedJob start(TakenJob job, Tools tools, Consumer<EndedJob> ended) {
    var isolated = new IsolatedJob(job, tools, ended);
    isolated.thread.start();
    return isolated;
  }

  @Override
  public TakenJob job() {
    return job;
  }

  @Override
  public void stop(Stop why) {
    if (stopped.compareAndSet(null, why)) {
      thread.interrupt();
    }
  }

  @Override
  public void watch() {
    var timeout = Duration.ofSeconds(job.request().timeoutSeconds());
    long patience = timeout.plus(AFTER_TIMEOUT).toNanos();
    if (tools.nanos().getAsLong() - started > patience) {
      stop(new Stop.TimedOut(timeout));
    }
  }

  @Override
  public void renew() {}

  private EndedJob run() {
    var file = job.request().logFile();
    try (var log = new AttemptLog(tools.logs(), file == null ? null : Path.of(file))) {
      var program = new ChildProgram(command(), Map.of(), tools.directory());
      int exit = tools.children().run(program, (stream, line) -> log.line(line), ENDING);
      return new EndedJob(job, null, exit, exit == 0 ? null : "corebot run exited with " + exit);
    } catch (InterruptedException e) {
      var stop = stopped.get();
      var failure = stop == null ? null : stop.outcome().failure();
      return failed(failure == null ? "it was interrupted" : failure.message());
    } catch (IOException | RuntimeException e) {
      LOGGER.error("job {} could not be run", job.jobId(), e);
      return failed("it could not be run: " + e.getMessage());
    }
  }

  private EndedJob failed(String reason) {
    return new EndedJob(job, null, WorkerExit.INFRASTRUCTURE.code(), reason);
  }

  private List<String> command() {
    var command = new ArrayList<>(tools.corebot());
    // After the program java itself.
    command.add(1, "-Xmx" + job.request().memoryMib() + "m");
    command.addAll(
        List.of(
            "run",
            "--token",
            job.token(),
            "--partition",
            String.valueOf(job.partition()),
            "--job-id",
            job.jobId()));
    return command;
  }
}
