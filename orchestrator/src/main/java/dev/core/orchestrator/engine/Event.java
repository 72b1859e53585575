package dev.core.orchestrator.engine;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Partitions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a run: something that has happened, never a status to set. What follows from it is
 * {@link RunMachine}'s business; one that no longer applies changes nothing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(Event.Admitted.class),
  @JsonSubTypes.Type(Event.Skipped.class),
  @JsonSubTypes.Type(Event.TookOver.class),
  @JsonSubTypes.Type(Event.CancelAsked.class),
  @JsonSubTypes.Type(Event.ClearAsked.class),
  @JsonSubTypes.Type(Event.RetryAsked.class),
  @JsonSubTypes.Type(Event.MarkAsked.class),
  @JsonSubTypes.Type(Event.Intended.class),
  @JsonSubTypes.Type(Event.ChunkIntended.class),
  @JsonSubTypes.Type(Event.Unresolvable.class),
  @JsonSubTypes.Type(Event.Accepted.class),
  @JsonSubTypes.Type(Event.Refused.class),
  @JsonSubTypes.Type(Event.Unanswered.class),
  @JsonSubTypes.Type(Event.NotFound.class),
  @JsonSubTypes.Type(Event.Claimed.class),
  @JsonSubTypes.Type(Event.Renewed.class),
  @JsonSubTypes.Type(Event.Finished.class),
  @JsonSubTypes.Type(Event.PartitionsClaimed.class),
  @JsonSubTypes.Type(Event.PartitionsRenewed.class),
  @JsonSubTypes.Type(Event.PartitionsFinished.class),
  @JsonSubTypes.Type(Event.PartitionsLost.class),
  @JsonSubTypes.Type(Event.LeaseOver.class),
  @JsonSubTypes.Type(Event.Overdue.class),
  @JsonSubTypes.Type(Event.RetryDue.class),
  @JsonSubTypes.Type(Event.JobSeen.class),
  @JsonSubTypes.Type(Event.TerminationAsked.class),
})
public sealed interface Event {

  /** Whether it is appended to the record; the others change nothing that is stored. */
  default boolean recorded() {
    return true;
  }

  /** A fact about one task; the index is that of its node. */
  sealed interface OfTask extends Event {
    int task();
  }

  /** A fact about one attempt. */
  sealed interface OfAttempt extends OfTask {
    int attempt();
  }

  /** The overlap policy lets the run start. */
  record Admitted() implements Event {}

  /** The overlap policy refuses the run. */
  record Skipped(String reason) implements Event {}

  /** The run is made as a rerun of another, which has done the work of these tasks already. */
  record TookOver(List<Taken> tasks) implements Event {
    public TookOver {
      tasks = List.copyOf(tasks);
    }

    /**
     * @param result what it returned there
     */
    public record Taken(int task, Origin.TakenOver from, @Nullable JsonNode result) {}
  }

  record CancelAsked(String by, String reason) implements Event {}

  /** What people ask about tasks, also about those that have ended: see {@link Correction}. */
  sealed interface OfTasks extends Event {
    String by();

    String reason();

    Selection tasks();
  }

  /** These tasks are to run again, whatever has become of them. */
  record ClearAsked(String by, String reason, Selection tasks) implements OfTasks {}

  /** Those of them that failed or were cancelled are to run again. */
  record RetryAsked(String by, String reason, Selection tasks) implements OfTasks {}

  /**
   * These tasks are to count as this, whatever has become of them.
   *
   * @param result for {@code ${task.<key>.result.x}} downstream; null: what they have returned
   */
  record MarkAsked(String by, String reason, Selection tasks, Mark as, @Nullable JsonNode result)
      implements OfTasks {}

  /**
   * The leader means to submit an attempt; its work order is sealed.
   *
   * @param partitions that it runs; null: the task is not split
   * @param of how many partitions the task has; 0: it is not split
   */
  record Intended(
      int task,
      int attempt,
      long attemptId,
      String token,
      String jobName,
      String queue,
      String definitionRevision,
      @Nullable Partitions partitions,
      int of)
      implements OfAttempt {

    /** Of a task that is not split. */
    public Intended(
        int task,
        int attempt,
        long attemptId,
        String token,
        String jobName,
        String queue,
        String definitionRevision) {
      this(task, attempt, attemptId, token, jobName, queue, definitionRevision, null, 0);
    }
  }

  /** The leader means to submit the next partitions of an attempt: there are slots for them. */
  record ChunkIntended(int task, int attempt, int first, int size, String jobName)
      implements OfAttempt {}

  /** No work order can be made for the task. */
  record Unresolvable(int task, String message) implements OfTask {}

  /** An answer to a submission, or the lack of one. */
  sealed interface OfSubmission extends OfAttempt {
    /** The first index of the {@link Chunk} that was submitted; 0 unless the task is split. */
    int chunk();
  }

  /** The backend gave a job. */
  record Accepted(int task, int attempt, String jobId, int chunk) implements OfSubmission {
    public Accepted(int task, int attempt, String jobId) {
      this(task, attempt, jobId, 0);
    }
  }

  /** The backend will not run it. */
  record Refused(int task, int attempt, FailureClass failureClass, String message, int chunk)
      implements OfSubmission {
    public Refused(int task, int attempt, FailureClass failureClass, String message) {
      this(task, attempt, failureClass, message, 0);
    }
  }

  /** Whether the backend was asked, and gave a job, is not known. */
  record Unanswered(int task, int attempt, int chunk) implements OfSubmission {
    public Unanswered(int task, int attempt) {
      this(task, attempt, 0);
    }

    @Override
    public boolean recorded() {
      return false;
    }
  }

  /**
   * Long enough after the submission, the backend knows no job of the attempt's name.
   *
   * @param askedAt of the submission that it is about; one about an older submission is stale
   */
  record NotFound(int task, int attempt, Instant askedAt, int chunk) implements OfSubmission {
    public NotFound(int task, int attempt, Instant askedAt) {
      this(task, attempt, askedAt, 0);
    }
  }

  record Claimed(int task, int attempt, String claimant, String jobId, Instant claimedAt)
      implements OfAttempt {}

  record Renewed(int task, int attempt, Instant renewedAt, @Nullable String progress)
      implements OfAttempt {
    @Override
    public boolean recorded() {
      return false;
    }
  }

  /**
   * The worker wrote its outcome while its claim was open; or that of all partitions together, when
   * each of them has ended.
   */
  record Finished(int task, int attempt, Outcome outcome) implements OfAttempt {}

  /** Workers hold these partitions. */
  record PartitionsClaimed(int task, int attempt, List<Claim> claims) implements OfAttempt {
    public PartitionsClaimed {
      claims = List.copyOf(claims);
    }

    /**
     * @param index within the attempt
     */
    public record Claim(int index, String jobId, Instant claimedAt) {}
  }

  /** The workers of these partitions live. */
  record PartitionsRenewed(int task, int attempt, List<Renewal> renewals) implements OfAttempt {
    public PartitionsRenewed {
      renewals = List.copyOf(renewals);
    }

    @Override
    public boolean recorded() {
      return false;
    }

    /**
     * @param index within the attempt
     */
    public record Renewal(int index, Instant renewedAt) {}
  }

  /**
   * Workers wrote the outcomes of these partitions while their claims were open.
   *
   * @param succeeded indexes within the attempt
   * @param failed indexes by the class of their failures
   */
  record PartitionsFinished(
      int task, int attempt, Partitions succeeded, Map<FailureClass, Partitions> failed)
      implements OfAttempt {
    public PartitionsFinished {
      failed = Collections.unmodifiableMap(new TreeMap<>(failed));
    }
  }

  /** These partitions will have no outcome. */
  record PartitionsLost(int task, int attempt, List<Loss> losses) implements OfAttempt {
    public PartitionsLost {
      losses = List.copyOf(losses);
    }
  }

  /**
   * The lease of the claim is over: the worker has stopped itself by now.
   *
   * @param renewedAt its last renewal
   */
  record LeaseOver(int task, int attempt, Instant renewedAt) implements OfAttempt {}

  /** The attempt runs longer than its time-out and the grace after it. */
  record Overdue(int task, int attempt) implements OfAttempt {}

  record RetryDue(int task) implements OfTask {}

  /** What the backend says of a job. */
  record JobSeen(
      int task,
      int attempt,
      String jobId,
      Job.Status status,
      @Nullable Integer exitCode,
      @Nullable String reason,
      @Nullable FailureClass failureClass)
      implements OfAttempt {}

  /** The backend was asked to end these jobs. */
  record TerminationAsked(int task, int attempt, List<String> jobIds) implements OfAttempt {
    public TerminationAsked {
      jobIds = List.copyOf(jobIds);
    }
  }
}
