package dev.core.orchestrator.simulation;

import org.jspecify.annotations.Nullable;

/** The way between an orchestrator and the backend; the caller stands still or dies on it. */
final class Route {

  private final OrchestratorLife caller;
  private final Chance chance;
  private final Faults faults;

  Route(Simulation simulation, OrchestratorLife caller) {
    this.caller = caller;
    this.chance = simulation.chance();
    this.faults = simulation.faults();
  }

  /**
   * One way.
   *
   * @param late null: it arrives in time
   */
  void travel(@Nullable FaultKind late, String place) {
    long micros = chance.micros(1, 80, "travel of " + caller.name());
    if (late != null && faults.strikes(late, place)) {
      micros += chance.micros(300, 12_000, "delay");
    }
    caller.step();
    caller.pass(micros);
  }
}
