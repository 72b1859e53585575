package dev.core.worker.serve;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.jdbc.EndedJob;
import dev.core.common.protocol.jdbc.TakenJob;
import dev.core.worker.run.Attempt;
import dev.core.worker.run.AttemptLog;
import dev.core.worker.run.Lease;
import dev.core.worker.run.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A job in a thread of the resident worker, under a claim of its own. */
final class ResidentJob implements ActiveJob {

  /** Progress is for people; more often than this they cannot read. */
  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(1);

  private final TakenJob job;
  private final Tools tools;
  private final Attempt attempt;
  private final Lease lease;
  private final String claimant;
  private long lastRenewal;

  private ResidentJob(
      TakenJob job, String claimant, WorkOrder order, Tools tools, long asked, AttemptLog log) {
    this.job = job;
    this.claimant = claimant;
    this.tools = tools;
    this.lease = new Lease(tools.claims(), tools.nanos(), asked);
    this.lastRenewal = asked;
    var labels = new TreeMap<>(job.request().labels());
    labels.put("job", job.jobId());
    this.attempt =
        new Attempt(order, job.partition(), tools.work(), tools.nanos(), log.fields(labels));
  }

  /**
   * Starts a claimed job, or ends it at once if its work order cannot be read.
   *
   * @param asked when the claim was asked for
   * @param ended gets its end, from any thread
   */
  static ResidentJob start(TakenJob job, Tools tools, long asked, Consumer<EndedJob> ended) {
    var claimant = Objects.requireNonNull(job.claimant());
    var order = Json.read(Objects.requireNonNull(job.workOrder()), WorkOrder.class);
    var file = job.request().logFile();
    var log = new AttemptLog(tools.logs(), file == null ? null : Path.of(file));
    var resident = new ResidentJob(job, claimant, order, tools, asked, log);
    var _ =
        resident
            .attempt
            .ended()
            .thenAccept(outcome -> {
              log.close();
              ended.accept(EndedJob.with(outcome, job));
            });
    var _ = resident.attempt.start();
    return resident;
  }

  /** The end of a job whose work order cannot be read. */
  static EndedJob unreadable(TakenJob job, Json.MalformedJson problem) {
    return EndedJob.with(
        Outcome.failure(
            FailureClass.CONFIGURATION, "its work order cannot be read: " + problem.getMessage()),
        job);
  }

  @Override
  public TakenJob job() {
    return job;
  }

  @Override
  public void stop(Stop why) {
    attempt.stop(why);
  }

  @Override
  public void watch() {
    attempt.watch();
    if (lease.isOver()) {
      attempt.stop(lease.over());
    }
  }

  @Override
  public void renew() {
    long now = tools.nanos().getAsLong();
    boolean tells = attempt.hasProgress() && now - lastRenewal > BETWEEN_PROGRESS.toNanos();
    if (attempt.ended().isDone() || !(lease.isDue() || tells)) {
      return;
    }
    lastRenewal = now;
    var progress = attempt.takeProgress();
    if (tools.protocol().renew(job.token(), job.partition(), claimant, progress)) {
      lease.renewed(now);
    } else if (!attempt.ended().isDone()) {
      attempt.stop(new Stop.ClaimLost());
    }
  }
}
