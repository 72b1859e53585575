package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.FailureClass;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

  private final Deadlines deadlines = new Deadlines(Example.POLICY);
  private final Story story = Example.of(1).story().admitted();

  @Test
  void aRetryIsDueAtItsTime() {
    story.running(1).fails(1, FailureClass.USER);
    Instant at = story.now().plus(Example.DELAY);

    assertThat(deadlines.next(story.run(), story.task(1))).contains(at);
    assertThat(deadlines.due(story.run(), story.task(1), at.minusNanos(1))).isEmpty();
    assertThat(deadlines.due(story.run(), story.task(1), at)).contains(new Event.RetryDue(1));
  }

  @Test
  void aLeaseIsOverWhenItWasNotRenewedForItsLength() {
    story.running(1).then(new Event.Renewed(1, 1, story.now().plusSeconds(1), "half"));
    Instant renewedAt = story.now();
    Instant end = renewedAt.plus(Example.POLICY.claimLease());

    assertThat(deadlines.next(story.run(), story.task(1))).contains(end);
    assertThat(deadlines.due(story.run(), story.task(1), end.minusNanos(1))).isEmpty();
    assertThat(deadlines.due(story.run(), story.task(1), end))
        .contains(new Event.LeaseOver(1, 1, renewedAt));
  }

  @Test
  void anAttemptIsOverdueAfterItsTimeOutAndTheGraceThoughItsLeaseIsRenewed() {
    story.running(1);
    Instant claimedAt = hold().claimedAt();
    Instant overdue = claimedAt.plus(Example.TIMEOUT).plus(Example.POLICY.timeoutGrace());
    story.then(new Event.Renewed(1, 1, overdue, null));

    assertThat(deadlines.next(story.run(), story.task(1))).contains(overdue);
    assertThat(deadlines.due(story.run(), story.task(1), overdue.minusNanos(1))).isEmpty();
    assertThat(deadlines.due(story.run(), story.task(1), overdue))
        .contains(new Event.Overdue(1, 1));
  }

  @Test
  void timeAloneChangesNothingElse() {
    for (Situation situation : Situation.values()) {
      Story told = situation.tell();
      Task task = told.task(Situation.SUBJECT);
      boolean timed = task.status() == TaskStatus.RUNNING || task.status() == TaskStatus.RETRYING;
      // Each of its partitions has ended, and the leader is about to say so.
      timed &= situation != Situation.SPLIT_ENDED;
      assertThat(deadlines.next(told.run(), task).isPresent()).as("%s", situation).isEqualTo(timed);
      assertThat(deadlines.due(told.run(), task, Instant.MAX.minusSeconds(1)).isPresent())
          .as("%s", situation)
          .isEqualTo(timed);
    }
  }

  @Test
  void whatIsDueApplies() {
    for (Situation situation : Situation.values()) {
      Story told = situation.tell();
      told.pass(Example.TIMEOUT).pass(Example.POLICY.timeoutGrace());
      deadlines
          .due(told.run(), told.task(Situation.SUBJECT), told.now())
          .ifPresent(event -> assertThat(told.hears(event)).as("%s", situation).isTrue());
    }
  }

  private Attempt.Hold hold() {
    var hold = story.task(1).open().orElseThrow().hold();
    if (hold == null) {
      throw new AssertionError("not claimed");
    }
    return hold;
  }
}
