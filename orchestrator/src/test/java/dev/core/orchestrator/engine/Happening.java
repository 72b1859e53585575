package dev.core.orchestrator.engine;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A fact about {@link Situation#SUBJECT}, its first attempt and that one's job, in each of the
 * forms that make a difference.
 */
enum Happening {
  ADMITTED(_ -> new Event.Admitted()),
  SKIPPED(_ -> new Event.Skipped("run 7 is not finished")),
  TOOK_OVER(_ -> tookOver(1)),
  CANCEL_ASKED(_ -> new Event.CancelAsked("tester", "not needed")),
  CLEARED(_ -> new Event.ClearAsked("tester", "", new Selection.Everything())),
  CLEARED_ALONE(story -> story.clear(1, false)),
  CLEARED_DOWNSTREAM(story -> story.clear(4, false)),
  RETRY_ASKED(_ -> Story.retry()),
  RETRY_OF_TASK_ASKED(story -> story.retry(1)),
  MARKED_SUCCEEDED(story -> story.mark(1, Mark.SUCCEEDED)),
  MARKED_FAILED(story -> story.mark(1, Mark.FAILED)),
  MARKED_SKIPPED(story -> story.mark(1, Mark.SKIPPED)),
  INTENDED(story -> Story.intent(story.run(), 1)),
  UNRESOLVABLE(_ -> new Event.Unresolvable(1, "no dataset")),
  ACCEPTED(_ -> new Event.Accepted(1, 1, "job-1-1")),
  ACCEPTED_TWIN(_ -> new Event.Accepted(1, 1, "twin")),
  REFUSED(_ -> new Event.Refused(1, 1, FailureClass.CONFIGURATION, "no such queue")),
  UNANSWERED(_ -> new Event.Unanswered(1, 1)),
  NOT_FOUND(story -> new Event.NotFound(1, 1, askedAt(story))),
  NOT_FOUND_LONG_AGO(_ -> new Event.NotFound(1, 1, Example.START.minusSeconds(1))),
  CLAIMED(story -> new Event.Claimed(1, 1, "claimant", "job-1-1", story.now())),
  RENEWED(story -> new Event.Renewed(1, 1, story.now(), "half")),
  RENEWED_LONG_AGO(_ -> new Event.Renewed(1, 1, Example.START, "half")),
  FINISHED(_ -> new Event.Finished(1, 1, Outcome.success(null, List.of()))),
  FINISHED_BADLY(_ -> new Event.Finished(1, 1, Outcome.failure(FailureClass.USER, "it broke"))),
  CHUNK_INTENDED(story -> Story.chunk(story.run(), 1, 1)),
  PARTITION_CLAIMED(story -> Story.partitionClaimed(1, 1, 0, "job-1-1:0", story.now())),
  PARTITION_RENEWED(story -> Story.partitionRenewed(1, 1, 0, story.now())),
  PARTITION_SUCCEEDED(_ -> Story.partitionSucceeded(1, 1, 0)),
  PARTITION_FAILED(_ -> Story.partitionFailed(1, 1, 0, FailureClass.USER)),
  PARTITION_LOST(_ -> Story.partitionLost(1, 1, 0, "job-1-1")),
  PARTITION_SILENT(_ -> Story.partitionLost(1, 1, 0, null)),
  LEASE_OVER(story -> new Event.LeaseOver(1, 1, story.now())),
  LEASE_OVER_BEFORE_RENEWAL(_ -> new Event.LeaseOver(1, 1, Example.START)),
  OVERDUE(_ -> new Event.Overdue(1, 1)),
  RETRY_DUE(story -> {
    story.pass(Example.DELAY);
    return new Event.RetryDue(1);
  }),
  JOB_PENDING(_ -> seen(Job.Status.PENDING)),
  JOB_RUNNING(_ -> seen(Job.Status.RUNNING)),
  JOB_SUCCEEDED(_ -> seen(Job.Status.SUCCEEDED)),
  JOB_FAILED(_ -> seen(Job.Status.FAILED)),
  JOB_GONE(_ -> seen(Job.Status.GONE)),
  TERMINATION_ASKED(_ -> new Event.TerminationAsked(1, 1, List.of("job-1-1")));

  private final Function<Story, Event> event;

  Happening(Function<Story, Event> event) {
    this.event = event;
  }

  Event in(Story story) {
    return event.apply(story);
  }

  static Event.TookOver tookOver(int task) {
    return new Event.TookOver(
        List.of(new Event.TookOver.Taken(task, new Origin.TakenOver(7, task, 2), new IntNode(3))));
  }

  private static Event seen(Job.Status status) {
    return new Event.JobSeen(1, 1, "job-1-1", status, null, "no capacity", null);
  }

  private static Instant askedAt(Story story) {
    return Situation.attempt(story.run()).map(Attempt::askedAt).orElse(Example.START);
  }
}
