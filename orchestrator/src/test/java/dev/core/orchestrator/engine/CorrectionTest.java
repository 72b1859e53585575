package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.dag.Dag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What people change of tasks; {@link TransitionMatrixTest} has every situation and command. */
class CorrectionTest {

  @Test
  void whatIsDownstreamOfAClearedTaskEndsBeforeAnythingBeginsAgain() {
    Story story = Example.of(1, 2, 1).story().admitted().running(1).succeeds(1).running(3);

    story.then(story.clear(1, false));

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.WAITING);
    assertThat(story.task(2).status()).as("the barrier is closed").isEqualTo(TaskStatus.WAITING);
    assertThat(story.task(3).followUp()).isEqualTo(TaskStatus.WAITING);
    assertThat(story.task(4).status()).as("was ready").isEqualTo(TaskStatus.WAITING);
    assertThat(EndingWhy.downstream(story.run(), story.task(1), wave(story, 0)))
        .extracting(Why::cause, Why::text)
        .containsExactly(
            Why.Cause.ENDING, "what is downstream of it ends first: flights_stage_1_work_2");
    story.jobEnds(3);
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.READY);
    story.running(1).succeeds(1).running(3).succeeds(3).running(4).succeeds(4);
    story.running(6).succeeds(6);
    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(story.task(3).attempts()).isEqualTo(2);
  }

  @Test
  void aTaskClearedAloneLeavesThoseDownstreamAsTheyEnded() {
    Story story = Example.of(1, 1).story().admitted().running(1).succeeds(1).running(3).succeeds(3);

    story.then(story.clear(1, false)).admitted();
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.READY);
    assertThat(story.task(3).status()).isEqualTo(TaskStatus.SUCCEEDED);
    story.running(1).succeeds(1);

    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(story.task(3).attempts()).isEqualTo(1);
  }

  @Test
  void aClearedTaskHasItsBudgetsAgain() {
    Story story = Example.of(1).attempts(2).story().admitted().running(1);
    story.fails(1, FailureClass.USER).then(story.clear(1, false));
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.READY);

    story.running(1).fails(1, FailureClass.USER);

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.RETRYING);
    assertThat(story.task(1).attempts()).isEqualTo(2);
  }

  @Test
  void whatIsDownstreamOfATaskMarkedFailedIsClosedAndCannotRun() {
    Story story = Example.of(1, 1, 1).story().admitted().running(1).succeeds(1).running(3);

    story.then(story.mark(1, Mark.FAILED));
    assertThat(story.task(5).status()).isEqualTo(TaskStatus.UPSTREAM_FAILED);
    assertThat(story.task(3).status()).isEqualTo(TaskStatus.CANCELLING);
    story.jobEnds(3);

    assertThat(story.task(3).status()).isEqualTo(TaskStatus.UPSTREAM_FAILED);
    assertThat(story.run().status()).isEqualTo(RunStatus.FAILED);
    story.then(story.mark(1, Mark.SUCCEEDED)).admitted().running(3).succeeds(3);
    story.running(5).succeeds(5);
    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void whatIsMarkedBeforeItsTurnIsPassedOver() {
    Story story = Example.of(1, 1, 1).story();

    story.then(story.mark(3, Mark.SKIPPED)).admitted().running(1).succeeds(1);

    assertThat(story.task(3).status()).isEqualTo(TaskStatus.SKIPPED);
    assertThat(story.task(5).status()).isEqualTo(TaskStatus.READY);
  }

  @Test
  void aRunWithNothingLeftToRunEndsWithoutWaitingForItsTurn() {
    Story story = Example.of(2).attempts(1).story().admitted().running(1).running(2);
    story.fails(1, FailureClass.USER).succeeds(2);

    story.then(story.mark(1, Mark.SUCCEEDED));

    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(story.run().endedAt()).isEqualTo(story.now());
  }

  @Test
  void aRunThatNeverBeganEndsAsSoonAsNothingOfItIsLeftToRun() {
    Story story = new Story(Example.of(1).queued(1), Example.POLICY, Example.START);

    story.then(story.mark(1, Mark.SUCCEEDED));

    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void whatWasRefusedByItsOverlapPolicyHasNothingToClear() {
    Story story = Example.of(1).story().then(new Event.Skipped("run 7 is not finished"));

    assertThat(Correction.of(story.run(), story.clear(1, false), story.now()))
        .isInstanceOfSatisfying(
            Correction.Refused.class,
            refused -> assertThat(refused.message()).contains("skipped", "core rerun 1"));
  }

  @Test
  void aRunTakenUpAgainIsNeitherSkippedNorMadeToCancelOthers() {
    for (OverlapPolicy policy : OverlapPolicy.values()) {
      Example example = Example.of(1).overlap(policy, 1);
      Story story = new Story(example.queued(1), Example.POLICY, Example.START);
      story.admitted().running(1).succeeds(1).then(story.clear(1, false));
      Run newer =
          new Story(example.queued(2), Example.POLICY, Example.START).admitted().running(1).run();

      assertThat(Admission.decide(List.of(story.run(), newer))).as("%s", policy).isEmpty();
      assertThat(Admission.decide(List.of(story.run())))
          .extracting(Admission.Decision::event)
          .containsExactly(new Event.Admitted());
    }
  }

  /** A dry run is the very thing: what it shows is what the machine then makes. */
  @Test
  void whatIsShownBeforehandIsWhatHappens() {
    var machine = new RunMachine(Example.POLICY);
    int shown = 0;
    for (long seed = 0; seed < 300; seed++) {
      var history = new RandomHistory(new Random(seed));
      Run run = Example.of(2, 2, 1).queued(1);
      for (int fact = 0; fact < 150; fact++) {
        var now = Example.START.plus(Duration.ofMinutes(fact));
        Event event = history.next(run, now, true);
        Run next = machine.apply(run, event, now);
        if (event instanceof Event.OfTasks asked
            && Correction.of(run, asked, now) instanceof Correction.Changed changed) {
          assertThat(tasks(next)).as("seed %d, %s", seed, event).isEqualTo(tasks(changed.after()));
          assertThat(next.status()).isEqualTo(changed.after().status());
          for (var change : CorrectionPreview.of(changed, List.of(), List.of(), now).changes()) {
            Task task = next.tasks().get(run.plan().indexes().get(change.task()));
            boolean admitted = next.status() == RunStatus.QUEUED && !change.closesFirst();
            assertThat(change.then()).isEqualTo(task.followUp());
            assertThat(change.after() == task.status() || (admitted && change.runsAgain()))
                .as("seed %d, %s: %s", seed, event, change)
                .isTrue();
            shown++;
          }
        }
        run = next;
      }
    }
    assertThat(shown).isGreaterThan(1_000);
  }

  @Test
  void aRunThatOnlyWaitsForAJobThatOutlivedItsAttemptSaysSo() {
    Story story = Example.of(1, 1).story().admitted().running(1).leaseOver(1);
    assertThat(EndingWhy.of(story.run())).isEmpty();

    story.cancelled();

    assertThat(EndingWhy.of(story.run()))
        .hasValueSatisfying(why -> {
          assertThat(why.cause()).isEqualTo(Why.Cause.ENDING);
          assertThat(why.text()).contains("job-1-1");
        });
    story.jobEnds(1);
    assertThat(EndingWhy.of(story.run())).isEmpty();
  }

  private static List<Task> tasks(Run run) {
    var tasks = new ArrayList<Task>();
    run.tasks().forEach(tasks::add);
    return tasks;
  }

  private static Dag.Wave wave(Story story, int number) {
    return story.run().plan().dag().waves().get(number);
  }
}
