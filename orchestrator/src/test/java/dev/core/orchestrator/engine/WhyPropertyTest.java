package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.engine.Surroundings.Capacity;
import dev.core.orchestrator.engine.Surroundings.OtherRun;
import dev.core.orchestrator.engine.Surroundings.Quarantined;
import dev.core.orchestrator.engine.Surroundings.Trouble;
import dev.core.orchestrator.engine.Why.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In whatever situation, no unfinished task is without a cause, and the cause is true. */
@Tag("simulated")
class WhyPropertyTest {

  private static final int SEEDS = Integer.getInteger("core.test.seeds", 200) * 10;
  private static final Duration SILENT = Duration.ofSeconds(60);

  /** A situation, and what is random about it beside its runs. */
  private record Circumstances(
      RandomSituation situation,
      Instant now,
      @Nullable Instant leaderless,
      @Nullable Pause pause,
      @Nullable Trouble trouble,
      Map<String, Capacity> capacity) {

    static Circumstances of(Random random) {
      var situation = RandomSituation.of(random);
      Instant now = situation.now().plusSeconds(random.nextInt(100));
      Map<String, Capacity> capacity =
          switch (random.nextInt(6)) {
            case 0 -> Map.of("job of it", new Capacity("here", 0, 0, null, List.of()));
            case 1 -> Map.of("job of it", new Capacity("here", 1, 1, now, List.of(now)));
            case 2 -> Map.of("job of it", new Capacity("here", 1, 2, now, List.of(now)));
            default -> Map.of();
          };
      return new Circumstances(
          situation,
          now,
          random.nextInt(12) == 0 ? Example.START : null,
          random.nextInt(8) == 0 ? new Pause("flights", Example.START, "ada", null) : null,
          random.nextInt(8) == 0 ? new Trouble("no route", Example.START) : null,
          capacity);
    }

    List<Run> all() {
      return Stream.concat(
              situation.runs().stream(), situation.setAside().stream().map(SetAside::run))
          .toList();
    }

    @Nullable Pause pause(Run run) {
      return pause != null && pause.scope().equals(run.header().pipeline()) ? pause : null;
    }

    Surroundings of(Run run, boolean quarantined, Dispatcher.Limits limits) {
      var aside = situation.setAside().stream().map(SetAside::run).toList();
      return new Surroundings(
          now,
          leaderless,
          pause(run),
          quarantined ? new Quarantined("poison", Example.START) : null,
          all().stream()
              .filter(other -> other.id() != run.id() && !other.status().terminal())
              .filter(other -> other.header().pipeline().equals(run.header().pipeline()))
              .map(other ->
                  new OtherRun(other.header().turn(), other.status(), aside.contains(other)))
              .toList(),
          limits,
          Places.of(places()),
          trouble,
          capacity,
          Map.of(),
          SILENT,
          Example.POLICY.claimLease());
    }

    List<Places.Place> places() {
      var places = new ArrayList<Places.Place>();
      situation.runs().forEach(run -> places(run, Set.of(), places));
      situation.setAside().forEach(each -> places(each.run(), each.over(), places));
      return places;
    }

    private static void places(Run run, Set<Integer> except, List<Places.Place> places) {
      run.tasks()
          .forEach(task -> {
            if (task.status().live() && !except.contains(task.index())) {
              places.add(
                  new Places.Place(
                      run.header().pipeline(), run.plan().pool(task.index()), task.since()));
            }
          });
    }
  }

  @Test
  void everyUnfinishedTaskHasACauseThatIsTrue() {
    var seen = EnumSet.noneOf(Cause.class);
    for (long seed = 0; seed < SEEDS; seed++) {
      var circumstances = Circumstances.of(new Random(seed));
      var decided = new HashMap<Long, Event>();
      Admission.decide(circumstances.situation().runs(), circumstances.situation().setAside())
          .forEach(decision -> decided.put(decision.run().id(), decision.event()));
      for (Run run : circumstances.all()) {
        boolean quarantined = !circumstances.situation().runs().contains(run);
        var limits = circumstances.situation().limits();
        var surroundings = circumstances.of(run, quarantined, limits);
        for (int index = 0; index < run.tasks().size(); index++) {
          Task task = run.tasks().get(index);
          var why = Why.of(run, task, surroundings);
          String where =
              "seed %d, run %d, task %d: %s %s".formatted(seed, run.id(), index, task, why);
          assertThat(why.isEmpty()).as(where).isEqualTo(task.status().terminal());
          if (why.isPresent()) {
            seen.add(why.get().cause());
            assertThat(why.get().text()).as(where).isNotBlank();
            assertThat(why.get().remedy()).as(where).isNotBlank();
            assertThat(why.get().since()).as(where).isBeforeOrEqualTo(circumstances.now());
            assertThat(isTrue(why.get().cause(), run, task, surroundings, decided.get(run.id())))
                .as(where)
                .isTrue();
          }
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Cause.values());
  }

  /** Found out anew, by other means than the explanation. */
  private static boolean isTrue(
      Cause cause, Run run, Task task, Surroundings surroundings, @Nullable Event decision) {
    boolean queued = run.status() == RunStatus.QUEUED;
    boolean ready = task.status() == TaskStatus.READY;
    Attempt attempt = task.open().orElse(null);
    var hold = attempt == null ? null : attempt.hold();
    return switch (cause) {
      case QUARANTINED -> surroundings.quarantine() != null;
      case NO_LEADER -> surroundings.leaderless() != null;
      case PAUSED -> surroundings.pause() != null && (queued || ready);
      case OVERLAP -> queued && !(decision instanceof Event.Admitted);
      case NEXT_STEP ->
          queued
              ? decision != null
              : task.status() == TaskStatus.WAITING
                  || (task.status() == TaskStatus.RETRYING
                      && !surroundings.now().isBefore(task.retryAt()));
      case UPSTREAM -> !queued && upstreamIsLeft(run, task);
      case POOL -> ready && poolIsFull(run, task, surroundings);
      case PIPELINE_LIMIT -> ready && pipelineIsFull(run, surroundings);
      case ORCHESTRATOR_LIMIT -> ready && allIsFull(surroundings);
      case SUBMISSION_RATE ->
          ready
              && surroundings.trouble() == null
              && surroundings.pause() == null
              && !poolIsFull(run, task, surroundings)
              && !pipelineIsFull(run, surroundings)
              && !allIsFull(surroundings);
      case BACKEND_UNAVAILABLE -> surroundings.trouble() != null && (ready || task.status().live());
      case NO_ANSWER -> attempt == null || attempt.jobs().isEmpty();
      case AT_BACKEND -> task.status() == TaskStatus.SUBMITTED && !attempt.jobs().isEmpty();
      case NO_WORKER -> surroundings.capacity().get(attempt.jobName()).workers() == 0;
      case NO_CAPACITY -> surroundings.capacity().get(attempt.jobName()).full();
      case RUNNING ->
          task.status() == TaskStatus.RUNNING
              && (hold == null || !surroundings.now().isAfter(hold.renewedAt().plus(SILENT)));
      case WORKER_SILENT -> surroundings.now().isAfter(hold.renewedAt().plus(SILENT));
      case RETRY_DELAY -> surroundings.now().isBefore(task.retryAt());
      case ENDING -> task.status() == TaskStatus.CANCELLING || task.status() == TaskStatus.WAITING;
    };
  }

  private static boolean upstreamIsLeft(Run run, Task task) {
    int wave = run.plan().dag().nodes().get(task.index()).wave();
    return run.plan().dag().nodes().stream()
        .anyMatch(node ->
            (node.wave() < wave || (node.wave() == wave && node.index() < task.index()))
                && !run.tasks().get(node.index()).status().passes());
  }

  private static boolean poolIsFull(Run run, Task task, Surroundings surroundings) {
    String pool = run.plan().pool(task.index());
    return pool != null
        && surroundings.places().taken().stream().filter(p -> pool.equals(p.pool())).count()
            >= surroundings.limits().pools().slots(pool);
  }

  private static boolean pipelineIsFull(Run run, Surroundings surroundings) {
    Integer limit = run.plan().definition().parallelTaskLimit();
    String pipeline = run.header().pipeline();
    return limit != null
        && surroundings.places().taken().stream().filter(p -> p.pipeline().equals(pipeline)).count()
            >= limit;
  }

  private static boolean allIsFull(Surroundings surroundings) {
    return surroundings.places().taken().size() >= surroundings.limits().tasksAtOnce();
  }

  @Test
  void onceItsCausesAreRemovedTheDispatcherChoosesTheTask() {
    int removed = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      var circumstances = Circumstances.of(new Random(seed));
      var situation = circumstances.situation();
      for (Run run : situation.runs()) {
        for (int index = 0; index < run.tasks().size(); index++) {
          if (run.status() == RunStatus.RUNNING
              && run.tasks().get(index).status() == TaskStatus.READY) {
            removed += free(circumstances, run, index, "seed " + seed);
          }
        }
      }
    }
    assertThat(removed).isPositive();
  }

  /** Removes one cause after the other, and gives how many there were. */
  private static int free(Circumstances with, Run run, int index, String seed) {
    String where = "%s, run %d, task %d".formatted(seed, run.id(), index);
    var slots = new HashMap<>(with.situation().slots());
    int tasksAtOnce = with.situation().tasksAtOnce();
    var all = new Circumstances(with.situation(), with.now(), null, null, null, with.capacity());
    for (int times = 0; times < 4; times++) {
      var limits = new Dispatcher.Limits(tasksAtOnce, slots);
      Cause cause =
          Why.of(run, run.tasks().get(index), all.of(run, false, limits)).orElseThrow().cause();
      var others = new ArrayList<>(with.situation().setAside());
      with.situation().runs().stream()
          .filter(other -> other.id() != run.id())
          .forEach(other -> others.add(new SetAside(other, Set.of())));
      var chosen = Dispatcher.choose(List.of(alone(run, index)), others, limits, 1);
      switch (cause) {
        case POOL -> slots.put(run.plan().pool(index), 1_000);
        case ORCHESTRATOR_LIMIT -> tasksAtOnce = 1_000;
        case SUBMISSION_RATE -> {
          assertThat(chosen).as(where).extracting(Dispatcher.Choice::task).containsExactly(index);
          return times;
        }
        default -> {
          assertThat(cause).as(where).isEqualTo(Cause.PIPELINE_LIMIT);
          assertThat(chosen).as(where).isEmpty();
          return times;
        }
      }
      assertThat(chosen).as(where + ", " + cause).isEmpty();
    }
    throw new AssertionError(where + ": causes without end");
  }

  /** The same run with no other task ready. */
  private static Run alone(Run run, int index) {
    var tasks = new ArrayList<Task>();
    run.tasks()
        .forEach(task ->
            tasks.add(
                task.status() == TaskStatus.READY && task.index() != index
                    ? task.with(TaskStatus.WAITING, task.since())
                    : task));
    return Run.of(
        run.header(), run.plan(), run.status(), run.startedAt(), run.endedAt(), Tasks.of(tasks));
  }
}
