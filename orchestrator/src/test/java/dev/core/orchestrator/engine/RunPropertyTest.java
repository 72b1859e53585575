package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.Outcome;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("simulated")
class RunPropertyTest {

  private static final int SEEDS = Integer.getInteger("core.test.seeds", 200);
  private static final int FACTS = 250;

  private final RunMachine machine = new RunMachine(Example.POLICY);

  @Test
  void whateverIsSaidInWhateverOrderTheRulesHoldAndTheRunEndsOnceFailuresStop() {
    var ends = new TreeSet<RunStatus>();
    for (long seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var history = new RandomHistory(random);
      Run run = randomExample(random).queued(1);
      Instant now = Example.START;
      for (int fact = 0; fact < FACTS; fact++) {
        now = now.plus(Duration.ofSeconds(random.nextInt(90)));
        run = apply(run, history.next(run, now, true), now, "seed " + seed + ", fact " + fact);
        if (random.nextInt(4) == 0) {
          run = run.pruned(IntStream.range(0, run.tasks().size()).boxed().toList());
        }
      }
      run = runToItsEnd(run, now, "seed " + seed);
      ends.add(run.status());
      assertThat(run.settled()).as("seed %d: nothing is left to be ended", seed).isTrue();
      assertThat(Effects.outstanding(run, now)).as("seed %d", seed).isEmpty();
    }
    assertThat(ends)
        .containsExactly(
            RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.SKIPPED);
  }

  @Test
  void aRunWithoutFailuresSucceedsWhateverOrderItsNewsComesIn() {
    for (long seed = 0; seed < 60; seed++) {
      var random = new Random(seed);
      var history = new RandomHistory(random);
      Run run = randomExample(random).queued(1);
      Instant now = Example.START;
      for (int fact = 0; !run.status().terminal() && fact < 50_000; fact++) {
        now = now.plusSeconds(1);
        Event event = history.next(run, now, false);
        if (!(event instanceof Event.JobSeen seen && seen.status().ended())
            && !(event instanceof Event.LeaseOver)) {
          run = apply(run, event, now, "seed " + seed + ", fact " + fact);
        }
      }
      assertThat(run.status()).as("seed %d", seed).isEqualTo(RunStatus.SUCCEEDED);
      run.tasks()
          .forEach(
              task -> assertThat(task.userFailures() + task.infrastructureFailures()).isZero());
    }
  }

  @Test
  void newsOfAWaveGivesTheSameInAnyOrder() {
    int width = 40;
    var finished = new ArrayList<Event>();
    for (int task = 1; task <= width; task++) {
      finished.add(new Event.Finished(task, 1, Outcome.success(null, List.of())));
    }
    Story story = Example.of(width, 1).story().admitted();
    IntStream.rangeClosed(1, width).forEach(story::running);
    Run wave = story.run();
    Instant now = story.now();
    Run inOrder = wave;
    for (Event event : finished) {
      inOrder = machine.apply(inOrder, event, now);
    }
    for (long seed = 0; seed < 50; seed++) {
      Collections.shuffle(finished, new Random(seed));
      Run shuffled = wave;
      for (Event event : finished) {
        shuffled = machine.apply(shuffled, event, now);
        shuffled = machine.apply(shuffled, event, now);
      }
      assertThat(statuses(shuffled)).isEqualTo(statuses(inOrder));
    }
    assertThat(inOrder.tasks().get(width + 2).status()).isEqualTo(TaskStatus.READY);
  }

  @Test
  void anEventInAWaveOfTenThousandCostsNextToNothing() {
    int width = 10_000;
    Run run =
        machine.apply(Example.of(width, width).queued(1), new Event.Admitted(), Example.START);
    long start = System.nanoTime();
    int events = 0;
    for (int task = 1; task <= width; task++) {
      run = machine.apply(run, Story.intent(run, task), Example.START);
      run = machine.apply(run, new Event.Accepted(task, 1, "job-" + task), Example.START);
      run =
          machine.apply(
              run, new Event.Claimed(task, 1, "c", "job-" + task, Example.START), Example.START);
      run =
          machine.apply(
              run, new Event.Finished(task, 1, Outcome.success(null, List.of())), Example.START);
      run = run.pruned(List.of(task));
      events += 4;
    }
    Duration each = Duration.ofNanos((System.nanoTime() - start) / events);

    assertThat(run.frontier()).isEqualTo(1);
    assertThat(run.count(TaskStatus.READY)).isEqualTo(width);
    assertThat(each).isLessThan(Duration.ofNanos(100_000));
  }

  /** What else lives in this JVM comes and goes meanwhile: it may spoil some measurements. */
  @Test
  void aTaskOfTenThousandTakesNoMoreMemoryThanOneOfAThousand() {
    // So that nothing is left to be loaded.
    assertThat(submitted(1, 10_000).live()).isEqualTo(10_000);

    assertThat(IntStream.range(0, 5).mapToDouble(_ -> memoryOfTenThousandToTenOfAThousand()))
        .anyMatch(ratio -> ratio > 0 && ratio < 1.1);
  }

  private double memoryOfTenThousandToTenOfAThousand() {
    long before = heap();
    var thousands = new ArrayList<Run>();
    for (int run = 1; run <= 10; run++) {
      thousands.add(submitted(run, 1_000));
    }
    long between = heap();
    var tenThousand = submitted(11, 10_000);
    long after = heap();
    assertThat(thousands).hasSize(10);
    assertThat(tenThousand.live()).isEqualTo(10_000);
    return (after - between) / (double) (between - before);
  }

  private Run submitted(long id, int width) {
    Run run = machine.apply(Example.of(width, 1).queued(id), new Event.Admitted(), Example.START);
    for (int task = 1; task <= width; task++) {
      run = machine.apply(run, Story.intent(run, task), Example.START);
      run = machine.apply(run, new Event.Accepted(task, 1, "job-" + task), Example.START);
    }
    return run;
  }

  private static long heap() {
    // What becomes garbage by collecting garbage, too.
    for (int times = 0; times < 3; times++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static List<TaskStatus> statuses(Run run) {
    var statuses = new ArrayList<TaskStatus>();
    run.tasks().forEach(task -> statuses.add(task.status()));
    return statuses;
  }

  private static Example randomExample(Random random) {
    var widths = new Integer[1 + random.nextInt(4)];
    for (int wave = 0; wave < widths.length; wave++) {
      widths[wave] = 1 + random.nextInt(4);
    }
    return Example.of(widths).attempts(1 + random.nextInt(3));
  }

  @SuppressWarnings("ReferenceEquality") // the machine gives back the same run for stale events
  private Run apply(Run run, Event event, Instant now, String where) {
    Run next = machine.apply(run, event, now);
    if (next == run) {
      return run;
    }
    RunInvariants.check(run, event, next, Example.POLICY, where + ", " + event);
    // When it was last asked for is all that such a fact says, also the second time.
    if (!(event instanceof Event.TerminationAsked)) {
      assertThat(machine.apply(next, event, now))
          .as("%s, %s: said twice", where, event)
          .isSameAs(next);
    }
    return next;
  }

  /** Every task does what it is there for, and every job that is to end ends. */
  private Run runToItsEnd(Run from, Instant start, String where) {
    Run run = from;
    Instant now = start;
    for (int round = 0; round < 200; round++) {
      if (run.status() == RunStatus.QUEUED) {
        run = apply(run, new Event.Admitted(), now, where);
      }
      for (int index = 0; index < run.tasks().size(); index++) {
        now = now.plusSeconds(600);
        for (Event event : next(run, run.tasks().get(index), now)) {
          run = apply(run, event, now, where);
        }
      }
      run = run.pruned(IntStream.range(0, run.tasks().size()).boxed().toList());
      if (run.settled()) {
        return run;
      }
    }
    throw new AssertionError(where + ": does not end: " + statuses(run) + " " + run.status());
  }

  private static List<Event> next(Run run, Task task, Instant now) {
    var events = new ArrayList<Event>();
    int index = task.index();
    switch (task.status()) {
      case READY -> events.add(Story.intent(run, index));
      case RETRYING -> events.add(new Event.RetryDue(index));
      case SUBMITTED -> {
        int number = task.open().orElseThrow().number();
        String job =
            task.open().orElseThrow().jobs().stream()
                .filter(each -> !each.status().ended())
                .map(Job::jobId)
                .findFirst()
                .orElse("new job");
        events.add(new Event.Claimed(index, number, "claimant", job, now));
      }
      case RUNNING ->
          events.add(
              new Event.Finished(
                  index, task.open().orElseThrow().number(), Outcome.success(null, List.of())));
      case WAITING, CANCELLING, SUCCEEDED, FAILED, UPSTREAM_FAILED, SKIPPED, CANCELLED -> {}
    }
    for (Effect effect : Effects.outstanding(task, now)) {
      switch (effect) {
        case Effect.Submit _ -> {}
        case Effect.LookUp(int of, Attempt attempt, var _) ->
            events.add(new Event.NotFound(of, attempt.number(), attempt.askedAt()));
        case Effect.Terminate(int of, int attempt, List<String> jobIds, String _) ->
            jobIds.forEach(job ->
                events.add(
                    new Event.JobSeen(of, attempt, job, Job.Status.FAILED, 143, null, null)));
      }
    }
    return events;
  }
}
