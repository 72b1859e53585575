package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.orchestrator.engine.Admission.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulated")
class AdmissionPropertyTest {

  private static final int SEEDS = Integer.getInteger("core.test.seeds", 200) * 10;

  private final RunMachine machine = new RunMachine(Example.POLICY);

  @Test
  void runsOfAPipelineOverlapOnlyAsTheirPoliciesAllowAndNoneWaitsWithoutNeed() {
    var seen = new TreeSet<String>();
    for (long seed = 0; seed < SEEDS; seed++) {
      var situation = RandomSituation.of(new Random(seed));
      var decisions = Admission.decide(situation.runs(), situation.setAside());
      var events = new HashMap<Long, Event>();
      for (Decision decision : decisions) {
        String where =
            "seed %d, %s of run %d".formatted(seed, decision.event(), decision.run().id());
        assertThat(events.put(decision.run().id(), decision.event())).as(where).isNull();
        seen.add(decision.event().getClass().getSimpleName());
      }
      for (String pipeline : pipelines(situation)) {
        check(situation, events, pipeline, "seed " + seed + ", " + pipeline);
      }
    }
    assertThat(seen).containsExactly("Admitted", "CancelAsked", "Skipped");
  }

  private void check(
      RandomSituation situation, Map<Long, Event> events, String pipeline, String where) {
    var queued =
        of(situation.runs(), pipeline).stream()
            .filter(run -> run.status() == RunStatus.QUEUED)
            .sorted(Dispatcher.ORDER)
            .toList();
    var active = new ArrayList<Run>();
    of(situation.runs(), pipeline).stream()
        .filter(AdmissionPropertyTest::active)
        .forEach(active::add);
    situation.setAside().stream()
        .map(SetAside::run)
        .filter(run -> run.header().pipeline().equals(pipeline))
        .filter(AdmissionPropertyTest::active)
        .forEach(active::add);
    int others = active.size();
    Run waiting = null;
    for (Run run : queued) {
      Event event = events.get(run.id());
      String what = where + ", run " + run.id() + ": " + event;
      int atOnce = atOnce(run.plan().definition());
      switch (event) {
        case null -> {
          assertThat(waiting != null || others >= atOnce).as(what).isTrue();
          assertThat(waits(run)).as(what).isTrue();
          waiting = run;
        }
        case Event.Admitted _ -> {
          assertThat(waiting).as(what + " overtakes").isNull();
          assertThat(others).as(what).isLessThan(atOnce);
          others++;
        }
        case Event.Skipped _ -> {
          assertThat(policy(run)).as(what).isEqualTo(OverlapPolicy.SKIP);
          assertThat(run.header().backfill()).as(what).isFalse();
          assertThat(others > 0 || waiting != null).as(what).isTrue();
        }
        case Event.CancelAsked _ -> {
          assertThat(run.header().backfill()).as(what).isFalse();
          assertThat(queued).as(what).anyMatch(other -> cancels(other) && other.id() > run.id());
        }
        default -> throw new AssertionError(what);
      }
    }
    for (Run run : active) {
      if (events.get(run.id()) != null) {
        assertThat(events.get(run.id())).as(where).isInstanceOf(Event.CancelAsked.class);
        assertThat(queued).as(where).anyMatch(AdmissionPropertyTest::cancels);
        assertThat(run.status()).as(where).isEqualTo(RunStatus.RUNNING);
      }
    }
  }

  @Test
  void everyQueuedRunIsDealtWithOnceThoseBeforeItHaveEnded() {
    for (long seed = 0; seed < SEEDS; seed++) {
      var situation = RandomSituation.of(new Random(seed));
      var runs = new HashMap<Long, Run>();
      situation.runs().forEach(run -> runs.put(run.id(), run));
      for (int round = 0; runs.values().stream().anyMatch(AdmissionPropertyTest::queued); round++) {
        assertThat(round).as("seed %d: they start one after the other", seed).isLessThan(20);
        for (Decision decision : Admission.decide(List.copyOf(runs.values()))) {
          runs.compute(
              decision.run().id(),
              (_, run) -> machine.apply(run, decision.event(), situation.now()));
        }
        // Those that go on come to their ends.
        runs.values().removeIf(AdmissionPropertyTest::active);
      }
    }
  }

  private static boolean queued(Run run) {
    return run.status() == RunStatus.QUEUED;
  }

  private static boolean active(Run run) {
    return run.status() == RunStatus.RUNNING || run.status() == RunStatus.CANCELLING;
  }

  private static boolean waits(Run run) {
    return policy(run) != OverlapPolicy.SKIP || run.header().backfill();
  }

  private static boolean cancels(Run run) {
    return policy(run) == OverlapPolicy.CANCEL_RUNNING && !run.header().backfill();
  }

  private static OverlapPolicy policy(Run run) {
    return run.plan().definition().overlapPolicy();
  }

  private static int atOnce(PipelineDefinition definition) {
    return definition.overlapPolicy() == OverlapPolicy.PARALLEL ? definition.overlapLimit() : 1;
  }

  private static TreeSet<String> pipelines(RandomSituation situation) {
    var pipelines = new TreeSet<String>();
    situation.runs().forEach(run -> pipelines.add(run.header().pipeline()));
    return pipelines;
  }

  private static List<Run> of(List<Run> runs, String pipeline) {
    return runs.stream().filter(run -> run.header().pipeline().equals(pipeline)).toList();
  }
}
