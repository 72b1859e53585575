package dev.core.orchestrator.engine;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies the overlap policies of pipelines to their queued runs. Pure. The policy is the one that
 * the queued run has sealed; none overtakes another of its pipeline that goes before it: higher
 * priority first, backfills after fresh runs, then the older one. A backfill that finds its
 * pipeline busy waits, where its policy would skip it or let it cancel others: its date was asked
 * for. So does a run that was taken up again after it had ended.
 */
public final class Admission {

  private Admission() {}

  /** What is to happen to a run. */
  public record Decision(Run run, Event event) {}

  /** Without quarantined runs. */
  public static List<Decision> decide(Iterable<Run> runs) {
    return decide(runs, List.of());
  }

  /**
   * Decisions for queued runs, and for runs that must make room for them.
   *
   * @param setAside runs about which nothing is decided, and which keep their pipelines busy
   */
  public static List<Decision> decide(Iterable<Run> runs, Iterable<SetAside> setAside) {
    var pipelines = new HashMap<String, OfPipeline>();
    var queued = new ArrayList<Run>();
    for (Run run : runs) {
      if (run.status() == RunStatus.QUEUED) {
        queued.add(run);
      } else if (!run.status().terminal()) {
        ofPipeline(pipelines, run).active.add(run);
      }
    }
    for (SetAside each : setAside) {
      if (each.active()) {
        ofPipeline(pipelines, each.run()).setAside.add(each.run());
      }
    }
    queued.sort(Dispatcher.ORDER);
    queued.forEach(run -> ofPipeline(pipelines, run).queued.add(run));
    var decisions = new ArrayList<Decision>();
    for (Run run : queued) {
      ofPipeline(pipelines, run).decide(run, decisions);
    }
    return decisions;
  }

  private static OfPipeline ofPipeline(Map<String, OfPipeline> pipelines, Run run) {
    return pipelines.computeIfAbsent(run.header().pipeline(), _ -> new OfPipeline());
  }

  /** How many runs of a pipeline may be active at once. */
  static int atOnce(PipelineDefinition definition) {
    return switch (definition.overlapPolicy()) {
      case PARALLEL -> definition.overlapLimit();
      case QUEUE, SKIP, CANCEL_RUNNING -> 1;
    };
  }

  /** The runs of one pipeline, while decisions about them are made. */
  private static final class OfPipeline {

    final List<Run> queued = new ArrayList<>();
    final List<Run> active = new ArrayList<>();
    final List<Run> setAside = new ArrayList<>();

    /** Queued ones that go before, and stay queued. */
    final List<Run> waiting = new ArrayList<>();

    void decide(Run run, List<Decision> decisions) {
      Run successor = successor(run);
      if (successor != null) {
        decisions.add(new Decision(run, takenOverBy(successor)));
        return;
      }
      if (waiting.isEmpty() && active.size() + setAside.size() < atOnce(run.plan().definition())) {
        decisions.add(new Decision(run, new Event.Admitted()));
        if (!endsAtOnce(run)) {
          active.add(run);
        }
        return;
      }
      if (!patient(run)) {
        switch (run.plan().definition().overlapPolicy()) {
          case QUEUE, PARALLEL -> {}
          case SKIP -> {
            decisions.add(
                new Decision(run, new Event.Skipped("run " + first().id() + " is not finished")));
            return;
          }
          case CANCEL_RUNNING -> {
            for (Run other : active) {
              if (other.status() == RunStatus.RUNNING) {
                decisions.add(new Decision(other, takenOverBy(run)));
              }
            }
          }
        }
      }
      waiting.add(run);
    }

    /**
     * The newest run that cancels what goes on; others that were asked for before it need not start
     * at all.
     */
    private @Nullable Run successor(Run run) {
      Run successor = null;
      for (Run other : queued) {
        if (cancelsOthers(other)
            && !patient(run)
            && other.id() > (successor == null ? run : successor).id()) {
          successor = other;
        }
      }
      return successor;
    }

    /** One that has nothing left to run, as when all of it was taken over, is in nobody's way. */
    private static boolean endsAtOnce(Run run) {
      return RunMachine.admit(run, run.header().createdAt()).status().terminal();
    }

    /** One that people have taken up again has work to lose, which its policy does not weigh. */
    private static boolean patient(Run run) {
      return run.header().backfill() || run.startedAt() != null;
    }

    private static boolean cancelsOthers(Run run) {
      return !patient(run)
          && run.plan().definition().overlapPolicy() == OverlapPolicy.CANCEL_RUNNING;
    }

    private static Event takenOverBy(Run run) {
      return new Event.CancelAsked("overlap policy", "run " + run.id() + " takes over");
    }

    private Run first() {
      return !active.isEmpty()
          ? active.getFirst()
          : !setAside.isEmpty() ? setAside.getFirst() : waiting.getFirst();
    }
  }
}
