package dev.core.common.protocol.jdbc;

import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.LocalJobRequest;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.jdbc.ClaimStatements.Claiming;
import dev.core.common.protocol.jdbc.ClaimStatements.Finishing;
import dev.core.common.protocol.jdbc.LocalStatements.End;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one machine, as its resident worker sees them. Thread-safe. After a call that threw
 * it is unknown whether it took effect; {@link #held} tells what was taken, and ends may be said
 * again.
 */
public final class JdbcLocalJobs implements AutoCloseable {

  private final Jdbi jdbi;
  private final ClaimStatements claims;
  private final LocalStatements local;
  private final Worker worker;
  private final HeldConnection connection;

  /**
   * @param id random; at most 40 characters, because claimants begin with it
   * @param host whose jobs it takes
   * @param noticePort where it is told of new jobs, on H2; null: it looks often
   */
  public record Worker(String id, String host, long pid, @Nullable Integer noticePort) {

    /** One that is not told of new jobs, or by the database. */
    public Worker(String id, String host, long pid) {
      this(id, host, pid, null);
    }

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
    this.connection = new HeldConnection(jdbi);
  }

  /** Gives a sign of life. */
  public void beat(int slots) {
    jdbi.useTransaction(handle -> local.beat(handle, worker, slots));
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
    return connection.with(
        tx -> {
          if (!ended.isEmpty()) {
            end(tx, ended);
          }
          return max == 0
              ? List.<TakenJob>of()
              : claimed(tx, local.take(tx, worker.id(), worker.host(), max));
        },
        (handle, taken) -> {
          // Nothing follows from a claim that could not wait for the leader's next look.
          if (!ended.isEmpty()) {
            claims.announce(handle);
          }
        });
  }

  /**
   * All jobs that are this worker's and have not ended, claimed again; to find those of an exchange
   * whose answer was lost.
   */
  public List<TakenJob> held() {
    return connection.with(tx -> claimed(tx, local.held(tx, worker.id())), (handle, held) -> {});
  }

  /** Which of its jobs somebody wants ended. */
  public List<Termination> terminations() {
    return jdbi.inTransaction(tx -> local.terminations(tx, worker.id()));
  }

  private void end(Handle tx, List<EndedJob> ended) {
    var ends = new ArrayList<End>();
    var refused = refused(tx, ended);
    for (var each : ended) {
      ends.add(
          refused.contains(each)
              ? new End(
                  each.job().id(),
                  WorkerExit.CLAIM_LOST.code(),
                  "the claim was closed while it ran")
              : new End(each.job().id(), each.exitCode(), each.reason()));
    }
    local.end(tx, worker.id(), ends);
  }

  /** Writes the outcomes; those of closed claims do not count. */
  private HashSet<EndedJob> refused(Handle tx, List<EndedJob> ended) {
    var told = new ArrayList<EndedJob>();
    var outcomes = new ArrayList<Finishing>();
    for (var each : ended) {
      var job = each.job();
      if (each.outcome() != null && job.claimant() != null) {
        told.add(each);
        outcomes.add(
            new Finishing(
                job.token(), job.partition(), job.claimant(), Json.write(each.outcome())));
      }
    }
    var refused = new HashSet<EndedJob>();
    if (!outcomes.isEmpty()) {
      var counted = claims.finishAll(tx, outcomes);
      for (int i = 0; i < told.size(); i++) {
        if (!counted.get(i)) {
          refused.add(told.get(i));
        }
      }
    }
    return refused;
  }

  private List<TakenJob> claimed(Handle tx, List<LocalStatements.Row> rows) {
    var taken = new ArrayList<TakenJob>();
    var claimants = new ArrayList<Claiming>();
    for (var row : rows) {
      var request = read(tx, row);
      if (request != null) {
        // Within the worker the job is the claimant, so that twins exclude each other there too.
        var claimant = request.isolated() ? null : worker.id() + "-" + row.id();
        taken.add(
            new TakenJob(row.id(), row.token(), row.partitionIndex(), request, claimant, null));
        if (claimant != null) {
          claimants.add(
              new Claiming(
                  row.token(), row.partitionIndex(), TakenJob.jobId(row.id(), request), claimant));
        }
      }
    }
    if (claimants.isEmpty()) {
      return taken;
    }
    var orders = claims.claimAll(tx, claimants).iterator();
    taken.replaceAll(job -> job.claimant() == null ? job : job.with(orders.next().orElse(null)));
    return taken;
  }

  /** A request that nobody can read ends its job at once, or it would be taken for ever. */
  private @Nullable LocalJobRequest read(Handle tx, LocalStatements.Row row) {
    try {
      return Json.read(row.request(), LocalJobRequest.class);
    } catch (Json.MalformedJson e) {
      var reason = "its request cannot be read: " + e.getMessage();
      local.end(
          tx, worker.id(), List.of(new End(row.id(), WorkerExit.CONFIGURATION.code(), reason)));
      return null;
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
