package dev.core.orchestrator.simulation;

import dev.core.orchestrator.compute.JobReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the cluster tells of its jobs by itself: twice, late, in any order, or never. */
final class JobEvents {

  private final Timeline time;
  private final Chance chance;
  private final Faults faults;

  /** In some seeds jobs are only looked at. */
  private final boolean told;

  private final List<Consumer<JobReport>> listeners = new ArrayList<>();

  JobEvents(Simulation simulation) {
    this.time = simulation.time();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.told = chance.happens(0.5, "events");
  }

  boolean told() {
    return told;
  }

  void add(Consumer<JobReport> listener) {
    listeners.add(listener);
  }

  void remove(Consumer<JobReport> listener) {
    listeners.remove(listener);
  }

  /** A job has changed, and is now as the report says. */
  void changed(JobReport report) {
    if (!told || listeners.isEmpty()) {
      return;
    }
    String place = RemoteBackend.shortName(report.name());
    if (faults.strikes(FaultKind.EVENT_LOST, place)) {
      return;
    }
    send(report, place);
    if (faults.strikes(FaultKind.EVENT_DOUBLED, place)) {
      send(report, place);
    }
  }

  private void send(JobReport report, String place) {
    long micros = chance.micros(20, 1_500, "event");
    if (faults.strikes(FaultKind.EVENT_LATE, place)) {
      micros += chance.micros(1_000, 240_000, "late event");
    }
    time.after(micros, () -> List.copyOf(listeners).forEach(each -> each.accept(report)));
  }
}
