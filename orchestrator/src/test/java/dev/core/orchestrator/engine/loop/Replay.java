package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.store.RunLoader;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Replays the recorded events of a run over its sealed definition, and compares what comes out with
 * the rows of runs, tasks, attempts and jobs, column by column.
 */
public final class Replay {

  /** Of the program that replays: what the run has sealed counts. */
  private static final RetryPolicy OTHER_SETTINGS =
      new RetryPolicy(1, Duration.ofHours(9), Duration.ofHours(9), Duration.ofHours(9));

  private Replay() {}

  private record Recorded(Event event, Instant at) {}

  public static void check(Handle handle, long runId, RetryPolicy policy) {
    Run stored = new RunLoader(handle).run(runId).orElseThrow();
    Run replayed = Run.queued(stored.header(), stored.plan());
    assertThat(stored.header().retryPolicy())
        .as("policy that run %d sealed", runId)
        .isEqualTo(policy);
    var machine = new RunMachine(OTHER_SETTINGS);
    for (Recorded each : events(handle, runId)) {
      Run next = machine.apply(replayed, each.event(), each.at());
      assertThat(next).as("run %d: %s changes something", runId, each).isNotSameAs(replayed);
      replayed = next;
    }
    assertThat(
            List.of(text(replayed.status()), text(replayed.startedAt()), text(replayed.endedAt())))
        .as("run %d", runId)
        .isEqualTo(
            List.of(text(stored.status()), text(stored.startedAt()), text(stored.endedAt())));
    assertThat(String.join("\n", tasks(replayed)))
        .as("tasks of run %d", runId)
        .isEqualTo(String.join("\n", tasks(stored)));
    assertThat(String.join("\n", attempts(replayed)))
        .as("attempts and jobs of run %d", runId)
        .isEqualTo(String.join("\n", storedAttempts(handle, runId)));
  }

  private static List<Recorded> events(Handle handle, long runId) {
    return handle
        .createQuery("select event, at from execution.events where run_id = :run order by id")
        .bind("run", runId)
        .map((row, _) ->
            new Recorded(
                Json.read(row.getString("event"), Event.class),
                row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private static List<String> tasks(Run run) {
    var tasks = new ArrayList<String>();
    run.tasks().forEach(task -> tasks.add(text(task)));
    return tasks;
  }

  private static String text(Task task) {
    return String.join(
        "|",
        text(task.index()),
        text(task.status()),
        text(task.since()),
        text(task.followUp()),
        text(task.attempts()),
        text(task.userFailures()),
        text(task.infrastructureFailures()),
        text(task.retryAt()),
        text(task.failure()),
        text(task.result()),
        text(task.origin()),
        text(task.startedAt()),
        text(task.endedAt()));
  }

  private static List<String> attempts(Run run) {
    var attempts = new ArrayList<String>();
    run.tasks()
        .forEach(task -> {
          for (Attempt attempt : task.live()) {
            Attempt.Hold hold = attempt.hold();
            Failure failure = attempt.failure();
            attempts.add(
                String.join(
                    "|",
                    text(attempt.id()),
                    text(task.index()),
                    text(attempt.number()),
                    attempt.token(),
                    attempt.jobName(),
                    attempt.queue(),
                    attempt.definitionRevision(),
                    text(attempt.status()),
                    text(attempt.intendedAt()),
                    text(attempt.askedAt()),
                    text(hold == null ? null : hold.claimedAt()),
                    text(attempt.closedAt()),
                    text(attempt.closeReason()),
                    text(attempt.endedAt()),
                    text(failure == null ? null : failure.failureClass()),
                    text(failure == null ? null : failure.message())));
            attempt.jobs().stream()
                .map(job -> text(attempt.id(), job))
                .sorted()
                .forEach(attempts::add);
          }
        });
    return attempts;
  }

  private static String text(long attemptId, Job job) {
    return String.join(
        "|",
        text(attemptId),
        job.jobId(),
        text(job.status()),
        text(job.submittedAt()),
        text(job.terminateAskedAt()),
        text(job.endedAt()),
        text(job.exitCode()),
        text(job.reason()));
  }

  private static List<String> storedAttempts(Handle handle, long runId) {
    var rows = new ArrayList<String>();
    handle
        .createQuery(
            """
            select id, task_index, number, token, job_name, queue, definition_revision, status,
              intended_at, asked_at, claimed_at, closed_at, close_reason, ended_at, failure_class,
              failure_message
            from execution.attempts where run_id = :run order by task_index, number
            """)
        .bind("run", runId)
        .mapToMap()
        .forEach(row -> {
          rows.add(columns(row));
          handle
              .createQuery(
                  """
                  select attempt_id, job_id, status, submitted_at, terminate_asked_at, ended_at,
                    exit_code, reason
                  from execution.jobs where attempt_id = :attempt
                  """)
              .bind("attempt", row.get("id"))
              .mapToMap()
              .map(Replay::columns)
              .stream()
              .sorted()
              .forEach(rows::add);
        });
    return rows;
  }

  private static String columns(java.util.Map<String, Object> row) {
    var texts = new ArrayList<String>();
    row.values().forEach(value -> texts.add(text(value)));
    return String.join("|", texts);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case OffsetDateTime time -> time.toInstant().toString();
      case java.sql.Timestamp time -> time.toInstant().toString();
      case null -> "-";
      default -> Objects.toString(value);
    };
  }
}
