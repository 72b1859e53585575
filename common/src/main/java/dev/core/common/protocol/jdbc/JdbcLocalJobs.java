package dev.core.common.protocol.jdbc;

import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.LocalJobRequest;
import dev.core.common.protocol.WorkerExit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one machine, as its resident worker sees them. Thread-safe. After a call that threw
 * it is unknown whether it took effect; {@link #held} tells what was taken, and ends may be said
 * again.
 */
public final class JdbcLocalJobs {

  private final Jdbi jdbi;
  private final ClaimStatements claims;
  private final LocalStatements local;
  private final Worker worker;

  /**
   * @param id random; at most 40 characters, because claimants begin with it
   * @param host whose jobs it takes
   */
  public record Worker(String id, String host, long pid) {
    public Worker {
      if (id.length() > 40) {
        throw new IllegalArgumentException("a worker's id has at most 40 characters: " + id);
      }
    }
  }

  public JdbcLocalJobs(Jdbi jdbi, Dialect dialect, Worker worker) {
    this.jdbi = jdbi;
    this.claims = ClaimStatements.of(dialect);
    this.local = LocalStatements.of(dialect);
    this.worker = worker;
  }

  /** Gives a sign of life. */
  public void beat(int slots) {
    jdbi.useTransaction(
        handle -> local.beat(handle, worker.id(), worker.host(), worker.pid(), slots));
  }

  /** Says that this worker takes nothing more; its unfinished jobs count as lost from now on. */
  public void stop() {
    jdbi.useTransaction(handle -> local.stop(handle, worker.id()));
  }

  /**
   * Reports what has ended and takes new jobs, each with its claim unless isolated, all in one
   * commit: this is what a short task costs.
   *
   * @param max how many to take at most; 0 takes none
   */
  public List<TakenJob> exchange(List<EndedJob> ended, int max) {
    return jdbi.withHandle(handle -> {
      var taken =
          handle.inTransaction(tx -> {
            ended.forEach(each -> end(tx, each));
            return max == 0
                ? List.<TakenJob>of()
                : claimed(tx, local.take(tx, worker.id(), worker.host(), max));
          });
      if (!ended.isEmpty() || !taken.isEmpty()) {
        claims.announce(handle);
      }
      return taken;
    });
  }

  /**
   * All jobs that are this worker's and have not ended, claimed again; to find those of an exchange
   * whose answer was lost.
   */
  public List<TakenJob> held() {
    return jdbi.inTransaction(tx -> claimed(tx, local.held(tx, worker.id())));
  }

  /** Which of its jobs somebody wants ended. */
  public List<Termination> terminations() {
    return jdbi.inTransaction(tx -> local.terminations(tx, worker.id()));
  }

  private void end(Handle tx, EndedJob ended) {
    var job = ended.job();
    var counted =
        ended.outcome() == null
            || job.claimant() == null
            || claims.finish(
                tx, job.token(), job.partition(), job.claimant(), Json.write(ended.outcome()));
    if (counted) {
      end(tx, job.id(), ended.exitCode(), ended.reason());
    } else {
      end(tx, job.id(), WorkerExit.CLAIM_LOST.code(), "the claim was closed while it ran");
    }
  }

  private void end(Handle tx, long jobId, int exitCode, @Nullable String reason) {
    local.end(tx, worker.id(), jobId, exitCode == 0, exitCode, reason);
  }

  private List<TakenJob> claimed(Handle tx, List<LocalStatements.Row> rows) {
    var taken = new ArrayList<TakenJob>();
    for (var row : rows) {
      var request = read(tx, row);
      if (request != null) {
        taken.add(request.isolated() ? isolated(row, request) : claimed(tx, row, request));
      }
    }
    return taken;
  }

  /** A request that nobody can read ends its job at once, or it would be taken for ever. */
  private @Nullable LocalJobRequest read(Handle tx, LocalStatements.Row row) {
    try {
      return Json.read(row.request(), LocalJobRequest.class);
    } catch (Json.MalformedJson e) {
      end(
          tx,
          row.id(),
          WorkerExit.CONFIGURATION.code(),
          "its request cannot be read: " + e.getMessage());
      return null;
    }
  }

  private static TakenJob isolated(LocalStatements.Row row, LocalJobRequest request) {
    return new TakenJob(row.id(), row.token(), row.partitionIndex(), request, null, null);
  }

  /** The claimant is the job within this worker, so that twins in one worker exclude each other. */
  private TakenJob claimed(Handle tx, LocalStatements.Row row, LocalJobRequest request) {
    var claimant = worker.id() + "-" + row.id();
    var order =
        claims.claim(tx, row.token(), row.partitionIndex(), String.valueOf(row.id()), claimant);
    return new TakenJob(row.id(), row.token(), row.partitionIndex(), request, claimant, order);
  }
}
