package dev.core.orchestrator.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Applies the overlap policies of pipelines to their queued runs, oldest first. Pure. The policy is
 * the one that the queued run has sealed.
 */
public final class Admission {

  private Admission() {}

  /** What is to happen to a run. */
  public record Decision(Run run, Event event) {}

  /** Decisions for queued runs, and for runs that must make room for them. */
  public static List<Decision> decide(Iterable<Run> runs) {
    var queued = new ArrayList<Run>();
    var active = new HashMap<String, List<Run>>();
    for (Run run : runs) {
      if (run.status() == RunStatus.QUEUED) {
        queued.add(run);
      } else if (!run.status().terminal()) {
        active.computeIfAbsent(run.header().pipeline(), _ -> new ArrayList<>()).add(run);
      }
    }
    queued.sort(Comparator.comparingLong(Run::id));
    var decisions = new ArrayList<Decision>();
    for (Run run : queued) {
      decide(run, active, decisions);
    }
    return decisions;
  }

  private static void decide(Run run, Map<String, List<Run>> active, List<Decision> decisions) {
    List<Run> others = active.computeIfAbsent(run.header().pipeline(), _ -> new ArrayList<>());
    var definition = run.plan().definition();
    int atOnce =
        switch (definition.overlapPolicy()) {
          case PARALLEL -> definition.overlapLimit();
          case QUEUE, SKIP, CANCEL_RUNNING -> 1;
        };
    if (others.size() < atOnce) {
      decisions.add(new Decision(run, new Event.Admitted()));
      others.add(run);
      return;
    }
    switch (definition.overlapPolicy()) {
      case QUEUE, PARALLEL -> {}
      case SKIP ->
          decisions.add(
              new Decision(
                  run, new Event.Skipped("run " + others.getFirst().id() + " is not finished")));
      case CANCEL_RUNNING -> {
        for (Run other : others) {
          if (other.status() == RunStatus.RUNNING) {
            decisions.add(
                new Decision(
                    other,
                    new Event.CancelAsked("overlap policy", "run " + run.id() + " takes over")));
          }
        }
      }
    }
  }
}
