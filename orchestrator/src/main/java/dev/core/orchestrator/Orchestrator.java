package dev.core.orchestrator;

import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.cli.Engine;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.loop.Leader;
import dev.core.orchestrator.engine.loop.LeaderOptions;
import dev.core.orchestrator.engine.loop.StartCheck;
import java.time.Duration;

/**
 * The engine of one process, put together: stands by, and leads as soon as nobody else does.
 * Closing it hands leadership over; running jobs go on.
 */
public final class Orchestrator implements Engine.Running {

  /** How long a worker may take to end an attempt at its time-out before the leader does. */
  private static final Duration TIMEOUT_GRACE = Duration.ofSeconds(60);

  private final ComputeBackend backend;
  private final Leader leader;

  private Orchestrator(ComputeBackend backend, Leader leader) {
    this.backend = backend;
    this.leader = leader;
  }

  /**
   * @param holder unique name of this process among orchestrators
   * @param backend is closed with the orchestrator
   */
  public static Orchestrator start(
      Settings settings,
      Database database,
      ComputeBackend backend,
      StartCheck check,
      String holder) {
    var claims = settings.claims();
    var policy =
        new RetryPolicy(
            settings.infrastructureAttempts(),
            settings.infrastructureDelay(),
            claims.lease(),
            TIMEOUT_GRACE);
    var options =
        new LeaderOptions(
            holder,
            settings.lease(),
            policy,
            settings.branch(),
            settings.datasetsRoot(),
            settings.tasksAtOnce());
    return new Orchestrator(
        backend, Leader.start(database, backend, check, options, System::nanoTime));
  }

  @Override
  public boolean leads() {
    return leader.leads();
  }

  @Override
  public void close() {
    leader.close();
    backend.close();
  }
}
