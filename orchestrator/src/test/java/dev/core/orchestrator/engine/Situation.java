package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a run with the waves [spacer 0, tasks 1 and 2], [spacer 3, task 4] can stand, seen from
 * {@link #SUBJECT}. Between them they have every status of runs, tasks and attempts.
 */
enum Situation {
  RUN_QUEUED(() -> story()),
  READY(() -> story().admitted()),
  INTENDED(() -> story().admitted().intended(1)),
  UNANSWERED(() -> story().admitted().intended(1).then(new Event.Unanswered(1, 1))),
  SUBMITTED(() -> story().admitted().intended(1).accepted(1)),
  CLAIMED(() -> story().admitted().running(1)),
  SPLIT(() -> story().admitted().split(1, 3).chunk(1, 2)),
  SPLIT_SUBMITTED(() -> story().admitted().split(1, 3).chunk(1, 2).accepted(1)),
  SPLIT_CLAIMED(() -> claimed()),
  SPLIT_ENDED(() ->
      claimed()
          .chunk(1, 1)
          .then(new Event.Accepted(1, 1, "job-1-1-2", 2))
          .then(Story.partitionSucceeded(1, 1, 0))
          .then(Story.partitionLost(1, 1, 1, "job-1-1"))
          .then(story -> Story.partitionClaimed(1, 1, 2, "job-1-1-2", story.now()))
          .then(Story.partitionFailed(1, 1, 2, FailureClass.USER))),
  SPLIT_CLOSED(() -> claimed().cancelled()),
  RETRYING(() -> story().admitted().running(1).leaseOver(1)),
  OVERDUE(() -> story().admitted().running(1).then(new Event.Overdue(1, 1))),
  CLOSED(() -> story().admitted().running(1).cancelled()),
  CLOSED_WITHOUT_ANSWER(() -> story().admitted().intended(1).cancelled()),
  CLOSED_TO_RUN_AGAIN(() -> story().admitted().running(1).then(story -> story.clear(1, false))),
  CLOSED_AND_MARKED(
      () -> story().admitted().running(1).then(story -> story.mark(1, Mark.SUCCEEDED))),
  SUCCEEDED(() -> story().admitted().running(1).succeeds(1)),
  FAILED(() -> story().admitted().running(1).fails(1, FailureClass.CONFIGURATION)),
  MARKED_FAILED(() -> story().admitted().then(story -> story.mark(1, Mark.FAILED))),
  DOWNSTREAM_RUNNING(
      () -> story().admitted().running(1).succeeds(1).running(2).succeeds(2).running(4)),
  RUN_SUCCEEDED(() ->
      story().admitted().running(1).succeeds(1).running(2).succeeds(2).running(4).succeeds(4)),
  RUN_FAILED(() ->
      story().admitted().running(1).fails(1, FailureClass.CONFIGURATION).running(2).succeeds(2)),
  RUN_CANCELLED(() -> story().admitted().running(1).cancelled().jobEnds(1)),
  RUN_QUEUED_AGAIN(() ->
      story()
          .admitted()
          .running(1)
          .succeeds(1)
          .running(2)
          .succeeds(2)
          .running(4)
          .succeeds(4)
          .then(story -> story.clear(1, false))),
  TAKEN_OVER(() -> story().then(Happening.tookOver(1)).admitted()),
  RUN_SKIPPED(() -> story().then(new Event.Skipped("run 7 is not finished")));

  static final int SUBJECT = 1;
  static final int DOWNSTREAM = 4;

  private final Supplier<Story> told;

  Situation(Supplier<Story> told) {
    this.told = told;
  }

  private static Story claimed() {
    return story()
        .admitted()
        .split(1, 3)
        .chunk(1, 2)
        .accepted(1)
        .then(story -> Story.partitionClaimed(1, 1, 0, "job-1-1:0", story.now()))
        .then(story -> Story.partitionClaimed(1, 1, 1, "job-1-1:1", story.now()));
  }

  private static Story story() {
    return Example.of(2, 1).story();
  }

  Story tell() {
    return told.get();
  }

  /** The first attempt of the subject, if there has been one. */
  static Optional<Attempt> attempt(Run run) {
    return run.tasks().get(SUBJECT).attempt(1);
  }
}
