package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Example;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {

  private static final Instant START = Example.START;
  private static final Input.FromBackend ACCEPTED =
      new Input.FromBackend(1, new Event.Accepted(1, 1, "job-1"));
  private static final Input.FromBackend UNANSWERED =
      new Input.FromBackend(1, new Event.Unanswered(2, 1));

  private final Answers answers = new Answers();

  @Test
  void aJobsIdWaitsForSomethingToBeJournalledWith() {
    assertThat(answers.take(List.of(ACCEPTED), false, START)).isEmpty();
    assertThat(answers.take(List.of(), false, START.plusMillis(20))).isEmpty();

    assertThat(answers.take(List.of(), true, START.plusMillis(40))).containsExactly(ACCEPTED);
    assertThat(answers.take(List.of(), true, START.plusMillis(60))).isEmpty();
  }

  @Test
  void itDoesNotWaitForLong() {
    assertThat(answers.take(List.of(ACCEPTED), false, START)).isEmpty();
    assertThat(answers.due()).contains(START.plusMillis(100));

    assertThat(answers.take(List.of(), false, START.plusMillis(100))).containsExactly(ACCEPTED);
    assertThat(answers.due()).isEmpty();
  }

  @Test
  void whatFollowsSomethingFromIsDealtWithAtOnceAndTakesTheOthersAlong() {
    assertThat(answers.take(List.of(ACCEPTED), false, START)).isEmpty();

    assertThat(answers.take(List.of(UNANSWERED), false, START))
        .containsExactly(ACCEPTED, UNANSWERED);
  }
}
