package dev.core.orchestrator.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.protocol.Outcome.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task on its way to its next version. Used within one method. */
final class TaskCopy {

  private final int index;
  private TaskStatus status;
  private Instant since;
  @Nullable TaskStatus followUp;
  int attempts;
  int userFailures;
  int infrastructureFailures;
  @Nullable Instant retryAt;
  @Nullable Failure failure;
  @Nullable JsonNode result;
  @Nullable Origin origin;
  @Nullable Instant startedAt;
  private @Nullable Instant endedAt;
  @Nullable DonePartitions done;
  List<Attempt> live;

  /** Of a task that waits for its wave and has no past. */
  TaskCopy(int index, Instant now) {
    this.index = index;
    this.status = TaskStatus.WAITING;
    this.since = now;
    this.live = List.of();
  }

  TaskCopy(Task task) {
    this.index = task.index();
    this.status = task.status();
    this.since = task.since();
    this.followUp = task.followUp();
    this.attempts = task.attempts();
    this.userFailures = task.userFailures();
    this.infrastructureFailures = task.infrastructureFailures();
    this.retryAt = task.retryAt();
    this.failure = task.failure();
    this.result = task.result();
    this.origin = task.origin();
    this.startedAt = task.startedAt();
    this.endedAt = task.endedAt();
    this.done = task.done();
    this.live = task.live();
  }

  /** What belongs to the old status goes with it. */
  TaskCopy status(TaskStatus next, Instant now) {
    status = next;
    since = now;
    followUp = null;
    retryAt = null;
    endedAt = next.terminal() ? now : null;
    return this;
  }

  Task made() {
    return new Task(
        index,
        status,
        since,
        followUp,
        attempts,
        userFailures,
        infrastructureFailures,
        retryAt,
        failure,
        result,
        origin,
        startedAt,
        endedAt,
        done,
        live);
  }
}
