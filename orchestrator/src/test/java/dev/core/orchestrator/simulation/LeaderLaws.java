package dev.core.orchestrator.simulation;

import java.time.Instant;
import java.util.List;

/** Who writes what, and who may take over. */
final class LeaderLaws {

  /**
   * A holder renews after a third of its lease; beyond that, what happened to it is of no matter.
   */
  private static final long RECENT = 2 * OrchestratorLife.LEASE.toMillis() * 1_000;

  private final Simulation simulation;
  private long changedAt;

  LeaderLaws(Simulation simulation) {
    this.simulation = simulation;
  }

  void check(Life by, List<RowChange> changes) {
    for (RowChange change : changes) {
      switch (by) {
        case OrchestratorLife orchestrator -> {
          if (change.table().equals("leadership")) {
            takesOver(orchestrator, change);
          } else {
            writes(orchestrator, change);
          }
        }
        case WorkerLife worker -> {
          if (!change.table().equals("claims")) {
            throw new Violation(Law.ONE_LEADER, worker.name() + " writes " + change.table());
          }
        }
        default -> {
          if (!change.table().equals("commands") || !change.isNew()) {
            throw new Violation(Law.ONE_LEADER, by.name() + " writes " + change.table());
          }
        }
      }
    }
  }

  /** Whether it has led for long, and nothing kept it from what it should do. */
  boolean isWell(OrchestratorLife leader) {
    long since = simulation.time().micros() - RECENT - RECENT / 2;
    return changedAt < since && leader.hinderedAt() < since;
  }

  private void writes(OrchestratorLife by, RowChange change) {
    Row row = simulation.laws().rows().leadership();
    if (row == null || !row.is("holder", by.name())) {
      throw new Violation(
          Law.ONE_LEADER,
          "%s writes %s, and %s leads"
              .formatted(by.name(), change.table(), row == null ? "nobody" : row.text("holder")));
    }
  }

  private void takesOver(OrchestratorLife by, RowChange change) {
    Row before = change.before();
    if (before == null || !change.changed("epoch")) {
      return;
    }
    simulation.tally().count("terms", 1);
    changedAt = simulation.time().micros();
    String holder = before.text("holder");
    Instant expires = before.time("expires_at");
    if (holder == null || expires == null || holder.equals(by.name())) {
      return;
    }
    if (expires.isAfter(simulation.time().instant())) {
      throw new Violation(
          Law.ONE_LEADER, "%s takes over from %s, whose lease runs".formatted(by.name(), holder));
    }
    OrchestratorLife overtaken = simulation.orchestrator(holder);
    if (overtaken != null
        && overtaken.alive()
        && simulation.time().micros() - overtaken.hinderedAt() > RECENT) {
      throw new Violation(
          Law.ONE_LEADER, "%s takes over from %s, which is well".formatted(by.name(), holder));
    }
  }
}
