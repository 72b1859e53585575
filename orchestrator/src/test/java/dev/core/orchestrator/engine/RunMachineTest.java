package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunMachineTest {

  @Test
  void failuresOfTheUserSpendTheTasksAttempts() {
    Story story = Example.of(1).attempts(3).story().admitted();

    for (int attempt = 1; attempt < 3; attempt++) {
      story.running(1).fails(1, FailureClass.USER);
      assertThat(story.task(1).status()).isEqualTo(TaskStatus.RETRYING);
      assertThat(story.task(1).retryAt()).isEqualTo(story.now().plus(Example.DELAY));
      assertThat(story.hears(new Event.RetryDue(1))).as("too early").isFalse();
      story.pass(Example.DELAY).then(new Event.RetryDue(1));
    }
    story.running(1).fails(1, FailureClass.OUT_OF_MEMORY);

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(1).userFailures()).isEqualTo(3);
    assertThat(story.task(1).infrastructureFailures()).isZero();
    assertThat(story.run().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void aRunThatIsRefusedLeavesWhatPeopleHaveMarked() {
    Story story = Example.of(3, 1).story();
    story.then(story.mark(1, Mark.SUCCEEDED)).then(story.mark(2, Mark.FAILED));

    story.then(new Event.Skipped("run 7 is not finished"));

    assertThat(story.run().status()).isEqualTo(RunStatus.SKIPPED);
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(story.task(2).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(3).status().terminal()).isTrue();
    assertThat(story.run().frontier()).isZero();
  }

  @Test
  void lossesToInfrastructureHaveABudgetAndADelayOfTheirOwn() {
    Story story = Example.of(1).attempts(1).story().admitted();

    story.running(1).jobEnds(1);
    assertThat(story.task(1).retryAt()).isEqualTo(story.now().plus(Duration.ofSeconds(10)));
    story.pass(Duration.ofSeconds(10)).then(new Event.RetryDue(1)).running(1).leaseOver(1);
    assertThat(story.task(1).retryAt()).isEqualTo(story.now().plus(Duration.ofSeconds(20)));
    story.pass(Duration.ofSeconds(20)).then(new Event.RetryDue(1)).running(1).jobEnds(1);

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(1).userFailures()).isZero();
    assertThat(story.task(1).infrastructureFailures()).isEqualTo(3);
    assertThat(story.task(1).failure())
        .extracting("failureClass")
        .isEqualTo(FailureClass.INFRASTRUCTURE);
  }

  @Test
  void aFaultOfConfigurationIsNotTriedAgain() {
    Story story = Example.of(2).attempts(3).story().admitted();

    story.then(new Event.Unresolvable(1, "no dataset"));
    story.running(2).fails(2, FailureClass.CONFIGURATION);

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(2).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(2).attempts()).isEqualTo(1);
  }

  @Test
  void theOthersOfAWaveGoOnWhenOneFailsAndWhatIsDownstreamDoesNot() {
    Story story = Example.of(2, 1, 1).attempts(1).story().admitted().running(1).running(2);

    story.fails(1, FailureClass.USER);

    assertThat(story.task(2).status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(story.task(4).status()).isEqualTo(TaskStatus.UPSTREAM_FAILED);
    assertThat(story.task(6).status()).isEqualTo(TaskStatus.UPSTREAM_FAILED);
    assertThat(story.run().status()).isEqualTo(RunStatus.RUNNING);
    story.succeeds(2);
    assertThat(story.run().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void anAttemptThatRanTooLongEndsAsATimeOutOnlyWhenItsJobHasEnded() {
    Story story = Example.of(1).attempts(1).story().admitted().running(1);

    story.then(new Event.Overdue(1, 1));
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.CANCELLING);
    assertThat(story.task(1).userFailures()).isZero();
    story.jobEnds(1);

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(1).failure()).extracting("failureClass").isEqualTo(FailureClass.TIMEOUT);
    assertThat(story.task(1).userFailures()).isEqualTo(1);
  }

  @Test
  void cancellingWaitsAlsoForJobsThatOutlivedTheirAttempts() {
    Story story = Example.of(1, 1).story().admitted().running(1).leaseOver(1);

    story.cancelled();
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(story.run().status()).isEqualTo(RunStatus.CANCELLING);
    story.jobEnds(1);

    assertThat(story.run().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void retryingOneTaskLeavesOtherFailuresAsTheyAre() {
    Story story = Example.of(2, 1).attempts(1).story().admitted().running(1).running(2);
    story.fails(1, FailureClass.USER).fails(2, FailureClass.USER);

    story.then(story.retry(1));
    assertThat(story.run().status()).isEqualTo(RunStatus.QUEUED);
    assertThat(story.run().endedAt()).isNull();
    story.admitted();

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.READY);
    assertThat(story.task(1).userFailures()).isZero();
    assertThat(story.task(2).status()).isEqualTo(TaskStatus.FAILED);
    assertThat(story.task(4).status()).isEqualTo(TaskStatus.UPSTREAM_FAILED);
    story.running(1);
    assertThat(story.task(1).attempts()).isEqualTo(2);
    story.succeeds(1);
    assertThat(story.run().status()).isEqualTo(RunStatus.FAILED);
    story.then(Story.retry()).admitted().running(2).succeeds(2).running(4).succeeds(4);
    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void retryingATaskOfACancelledRunTakesUpWhatIsDownstreamOnlyIfThatIsNamed() {
    Story story = Example.of(1, 1).story().admitted().running(1).cancelled().jobEnds(1);

    assertThat(story.hears(story.retry(3))).as("what is upstream has not passed").isFalse();
    assertThat(story.hears(story.retry(0))).as("a spacer").isFalse();
    story.then(story.retry(1)).admitted().running(1).succeeds(1);
    assertThat(story.run().status()).isEqualTo(RunStatus.FAILED);
    story.then(story.retry(3)).admitted().running(3).succeeds(3);

    assertThat(story.run().status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aJobSeenToEndBeforeItsClaimWasReadIsSeenAgain() {
    Story story = Example.of(1).story().admitted().intended(1).accepted(1);
    story.then(new Event.Accepted(1, 1, "twin")).jobEnds(1);

    story.claimed(1);

    assertThat(story.task(1).open().orElseThrow().job(story.job(1)).orElseThrow())
        .extracting(Job::status, Job::endedAt)
        .containsExactly(Job.Status.RUNNING, null);
    story.jobEnds(1);
    assertThat(story.task(1).status()).isEqualTo(TaskStatus.RETRYING);
  }

  @Test
  void reasonsOfAnyLengthFitTheRecord() {
    Story story = Example.of(1).story().admitted().running(1);

    story.then(new Event.CancelAsked("tester", "x".repeat(498) + "\uD83D\uDE00".repeat(20)));

    assertThat(story.task(1).live().getFirst().closeReason())
        .hasSizeLessThanOrEqualTo(500)
        .endsWith("x…");
  }

  @Test
  void everyEventIsReadAsItWasWritten() {
    for (Happening happening : Happening.values()) {
      Event event = happening.in(Situation.CLAIMED.tell());

      assertThat(Json.read(Json.write(event), Event.class)).isEqualTo(event);
    }
  }
}
