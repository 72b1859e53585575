package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.FailureClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectsTest {

  private final Story story = Example.of(2, 1).story().admitted();

  @Test
  void anIntentWithoutAJobIsSubmittedOnceAndLookedUpIfThereWasNoAnswer() {
    story.intended(1);
    assertThat(outstanding()).singleElement().isInstanceOf(Effect.Submit.class);

    story.then(new Event.Unanswered(1, 1));
    assertThat(outstanding()).singleElement().isInstanceOf(Effect.LookUp.class);

    story.then(new Event.NotFound(1, 1, attempt().askedAt()));
    assertThat(outstanding()).singleElement().isInstanceOf(Effect.Submit.class);

    story.accepted(1);
    assertThat(outstanding()).isEmpty();
  }

  @Test
  void nothingIsToBeDoneAboutAClaimedAttemptWithOneJob() {
    story.running(1);

    assertThat(outstanding()).isEmpty();
  }

  @Test
  void twinsThatHaveNotStartedAreEndedOnceAnotherHasClaimed() {
    story
        .intended(1)
        .accepted(1)
        .then(new Event.Accepted(1, 1, "waiting"))
        .then(new Event.Accepted(1, 1, "started"))
        .then(new Event.JobSeen(1, 1, "started", Job.Status.RUNNING, null, null, null));
    assertThat(outstanding()).isEmpty();

    story.claimed(1);

    assertThat(terminated()).containsExactly("waiting");
  }

  @Test
  void aTwinArrayThatNobodyClaimedFromIsEndedWithItsAttempt() {
    story
        .split(1, 2)
        .chunk(1, 2)
        .accepted(1)
        .then(new Event.Accepted(1, 1, "twin"))
        .then(new Event.JobSeen(1, 1, "twin", Job.Status.RUNNING, null, null, null))
        .then(Story.partitionClaimed(1, 1, 0, "job-1-1:0", story.now()))
        .then(Story.partitionClaimed(1, 1, 1, "job-1-1:1", story.now()))
        .then(Story.partitionSucceeded(1, 1, 0))
        .then(Story.partitionSucceeded(1, 1, 1));
    assertThat(outstanding()).isEmpty();

    story.succeeds(1);

    assertThat(story.task(1).status()).isEqualTo(TaskStatus.SUCCEEDED);
    assertThat(terminated()).containsExactly("twin");
  }

  @Test
  void aClosedAttemptHasItsJobsEndedAndIsAskedAgainToAfterHalfAMinute() {
    story.running(1).cancelled();
    assertThat(terminated()).containsExactly("job-1-1");

    story.then(new Event.TerminationAsked(1, 1, List.of("job-1-1")));
    assertThat(outstanding()).isEmpty();
    story.pass(Effects.ASK_AGAIN_AFTER.minusSeconds(1));
    assertThat(outstanding()).isEmpty();
    story.pass(Effects.ASK_AGAIN_AFTER);
    assertThat(terminated()).containsExactly("job-1-1");

    story.jobEnds(1);
    assertThat(outstanding()).isEmpty();
  }

  @Test
  void aClosedAttemptWithoutAnAnswerIsLookedUp() {
    story.intended(1).cancelled();
    assertThat(outstanding()).singleElement().isInstanceOf(Effect.LookUp.class);

    story.then(new Event.NotFound(1, 1, attempt().askedAt()));
    assertThat(story.run().status()).isEqualTo(RunStatus.CANCELLED);
  }

  @Test
  void jobsThatOutliveTheirAttemptAreEnded() {
    story.running(1).leaseOver(1);
    assertThat(terminated()).containsExactly("job-1-1");

    story.jobEnds(1);
    assertThat(outstanding()).isEmpty();
  }

  @Test
  void theJobOfAnOutcomeOnlyExitsAndIsLeftAlone() {
    story.running(1).succeeds(1).running(2).fails(2, FailureClass.USER);

    assertThat(Effects.outstanding(story.run(), story.now())).isEmpty();
  }

  private Attempt attempt() {
    return Situation.attempt(story.run()).orElseThrow();
  }

  private List<Effect> outstanding() {
    assertThat(Effects.outstanding(story.run(), story.now()))
        .isEqualTo(Effects.outstanding(story.task(1), story.now()));
    return Effects.outstanding(story.task(1), story.now());
  }

  private List<String> terminated() {
    return outstanding().stream()
        .map(Effect.Terminate.class::cast)
        .flatMap(effect -> effect.jobIds().stream())
        .toList();
  }
}
