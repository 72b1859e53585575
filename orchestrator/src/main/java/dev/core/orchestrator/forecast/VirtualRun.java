package dev.core.orchestrator.forecast;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Admission;
import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunHeader;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.engine.RunPlan;
import dev.core.orchestrator.engine.RunStatus;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.engine.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One run, played by the rules of the engine on a clock of its own: admitted, dispatched, claimed,
 * finished, retried, with nothing but durations behind its jobs. For one use.
 */
final class VirtualRun {

  private static final Instant START = Instant.EPOCH;
  private static final int TROUBLES_TOLD = 5;
  private static final String NAME = "forecast";

  private final RunPlan plan;
  private final List<List<Try>> tries;
  private final Conditions conditions;
  private final Dispatcher.Limits limits;
  private final RunMachine machine;
  private final PriorityQueue<Plan> plans =
      new PriorityQueue<>(Comparator.comparing(Plan::at).thenComparingLong(Plan::number));

  /** Jobs that wait for a slot of the backend, in the order of their submission. */
  private final Deque<Integer> queue = new ArrayDeque<>();

  private final Instant[] opened;
  private final @Nullable Instant[] goes;
  private Run run;
  private Instant now = START;
  private long planned;
  private int busy;

  /** What is to happen, and when; of the same time, what was planned first. */
  private record Plan(Instant at, long number, What what, int task) {}

  private enum What {
    CLAIM,
    FINISH,
    RETRY
  }

  private VirtualRun(RunPlan plan, List<List<Try>> tries, Conditions conditions) {
    this.plan = plan;
    this.tries = tries;
    this.conditions = conditions;
    this.limits = conditions.limits();
    this.machine = new RunMachine(conditions.policy());
    this.opened = new Instant[plan.dag().waves().size()];
    this.goes = new Instant[plan.dag().nodes().size()];
    PipelineDefinition definition = plan.definition();
    this.run =
        Run.queued(
            new RunHeader(
                1,
                definition.name(),
                definition.client(),
                definition.brand(),
                NAME,
                NAME,
                START,
                0,
                Map.of(),
                definition.priority(),
                START,
                null),
            plan);
  }

  /**
   * @param plan sealed with the limit of the conditions
   * @param tries of each node, by index; those of spacers are not looked at
   */
  static Playthrough play(RunPlan plan, List<List<Try>> tries, Conditions conditions) {
    return new VirtualRun(plan, tries, conditions).play();
  }

  private Playthrough play() {
    for (var decision : Admission.decide(List.of(run))) {
      apply(decision.event());
    }
    while (true) {
      dispatch();
      Plan next = plans.poll();
      if (next == null || run.status().terminal()) {
        return played();
      }
      now = next.at();
      happen(next);
      while (!plans.isEmpty() && plans.peek().at().equals(now)) {
        happen(plans.remove());
      }
    }
  }

  private void apply(Event event) {
    int before = run.frontier();
    boolean queued = run.status() == RunStatus.QUEUED;
    run = machine.apply(run, event, now);
    if ((queued || run.frontier() != before) && run.frontier() < opened.length) {
      opened[run.frontier()] = now;
    }
  }

  private void dispatch() {
    for (var choice : Dispatcher.choose(List.of(run), limits, Integer.MAX_VALUE)) {
      int task = choice.task();
      int number = run.tasks().get(task).attempts() + 1;
      apply(new Event.Intended(task, number, planned, NAME, NAME, NAME, NAME));
      queue.add(task);
    }
    while (busy < conditions.backendSlots() && !queue.isEmpty()) {
      int task = queue.remove();
      busy++;
      if (goes[task] == null) {
        goes[task] = now;
      }
      plan(attempt(task).starts(), What.CLAIM, task);
    }
  }

  private void plan(Duration in, What what, int task) {
    plans.add(new Plan(now.plus(in), planned++, what, task));
  }

  /** What the attempt under way does. */
  private Try attempt(int task) {
    List<Try> ofTask = tries.get(task);
    return ofTask.get(Math.min(run.tasks().get(task).attempts(), ofTask.size()) - 1);
  }

  private void happen(Plan plan) {
    int task = plan.task();
    int number = run.tasks().get(task).attempts();
    switch (plan.what()) {
      case CLAIM -> {
        apply(new Event.Claimed(task, number, NAME, NAME, now));
        Duration timeout = timeout(task);
        Duration lasts = attempt(task).lasts();
        plan(lasts.compareTo(timeout) > 0 ? timeout : lasts, What.FINISH, task);
      }
      case FINISH -> {
        apply(new Event.Finished(task, number, outcome(task)));
        run = run.pruned(List.of(task));
        busy--;
        Instant retryAt = run.tasks().get(task).retryAt();
        if (retryAt != null) {
          plans.add(new Plan(retryAt, planned++, What.RETRY, task));
        }
      }
      case RETRY -> apply(new Event.RetryDue(task));
    }
  }

  private Duration timeout(int task) {
    return Duration.ofSeconds(plan.resources(task).timeoutSeconds());
  }

  private Outcome outcome(int task) {
    Try attempt = attempt(task);
    Duration timeout = timeout(task);
    if (attempt.lasts().compareTo(timeout) > 0) {
      return Outcome.failure(
          FailureClass.TIMEOUT,
          "would run %d s, longer than its time-out of %d s"
              .formatted(attempt.lasts().toSeconds(), timeout.toSeconds()));
    }
    FailureClass failure = attempt.failure();
    return failure == null
        ? Outcome.success(null, List.of())
        : Outcome.failure(failure, "fails with " + failure + ", as it did before");
  }

  private Playthrough played() {
    var spans = new ArrayList<Span>();
    var troubles = new ArrayList<String>();
    for (Dag.Node node : plan.dag().nodes()) {
      Task task = run.tasks().get(node.index());
      Instant went = goes[node.index()];
      if (went != null) {
        spans.add(
            new Span(
                node.index(),
                node.key(),
                node.state(),
                node.wave(),
                since(opened[node.wave()]),
                since(went),
                since(task.endedAt() == null ? now : task.endedAt()),
                task.attempts(),
                task.status()));
      }
      if (troubles.size() < TROUBLES_TOLD) {
        trouble(node, task, troubles);
      }
    }
    Instant ended = run.endedAt();
    return new Playthrough(
        plan.dag(), run.status(), since(ended == null ? now : ended), spans, troubles);
  }

  private void trouble(Dag.Node node, Task task, List<String> troubles) {
    if (task.status() == TaskStatus.FAILED && task.failure() != null) {
      troubles.add(node.key() + " " + task.failure().message());
    } else if (task.status() == TaskStatus.READY) {
      String pool = limits.pools().name(plan, node.index());
      troubles.add(
          pool == null
              ? node.key() + " would wait for ever: a limit is 0"
              : "%s would wait for ever: pool '%s' has no slots".formatted(node.key(), pool));
    }
  }

  private static Duration since(Instant time) {
    return Duration.between(START, time);
  }
}
