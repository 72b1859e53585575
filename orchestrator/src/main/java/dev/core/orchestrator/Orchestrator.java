package dev.core.orchestrator;

import dev.core.common.database.Database;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.cli.Engine;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.loop.Leader;
import dev.core.orchestrator.engine.loop.LeaderOptions;
import dev.core.orchestrator.engine.loop.StartCheck;
import dev.core.orchestrator.manifest.ManifestFiles;
import dev.core.orchestrator.manifest.Manifests;
import dev.core.orchestrator.store.ManifestRows;
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
  private final Manifests manifests;

  private Orchestrator(ComputeBackend backend, Leader leader, Manifests manifests) {
    this.backend = backend;
    this.leader = leader;
    this.manifests = manifests;
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
    var leader = Leader.start(database, backend, check, options, System::nanoTime);
    var manifests =
        Manifests.start(
            new ManifestRows(database.jdbi()),
            new ManifestFiles(),
            leader::leads,
            System::nanoTime);
    return new Orchestrator(backend, leader, manifests);
  }

  @Override
  public boolean leads() {
    return leader.leads();
  }

  @Override
  public void close() {
    // While it still leads: what was just committed gets its manifest.
    manifests.close();
    leader.close();
    backend.close();
  }
}
