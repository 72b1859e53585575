package dev.core.orchestrator.engine.loop;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Deadlines;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.engine.Task;
import dev.core.orchestrator.store.JournalEntry;
import dev.core.orchestrator.store.NextIds;
import dev.core.orchestrator.store.WorkerNews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Turns what is new into a draft: words of workers first, since an outcome beats everything else
 * that is said of an attempt; then backends, deadlines, commands; then what may be submitted.
 */
final class Drafting {

  private final Handle handle;
  private final ActiveRuns runs;
  private final RunMachine machine;
  private final Deadlines deadlines;
  private final NextIds ids;
  private final CommandDesk desk;
  private final Scheduling scheduling;
  private final Dispatching dispatching;

  Drafting(
      Handle handle,
      ActiveRuns runs,
      RunMachine machine,
      Deadlines deadlines,
      NextIds ids,
      CommandDesk desk,
      Scheduling scheduling,
      Dispatching dispatching) {
    this.handle = handle;
    this.runs = runs;
    this.machine = machine;
    this.deadlines = deadlines;
    this.ids = ids;
    this.desk = desk;
    this.scheduling = scheduling;
    this.dispatching = dispatching;
  }

  Draft empty(Instant now) {
    return new Draft(runs, machine, ids, now);
  }

  /**
   * @param reread claims that were found changed when the last draft was to be written
   */
  Draft draft(Instant now, List<Input> inputs, List<WorkerNews> reread, boolean dispatch) {
    Draft draft = empty(now);
    var news = new ArrayList<>(reread);
    for (Input input : inputs) {
      if (input instanceof Input.FromWorker(var each)) {
        news.add(each);
      }
    }
    hear(draft, news);
    for (Input input : inputs) {
      switch (input) {
        case Input.FromWorker _ -> {}
        case Input.FromBackend(long runId, Event event) -> {
          boolean _ = draft.apply(runId, event);
        }
        case Input.Asked(var command) -> desk.apply(handle, draft, command);
        case Input.TimeUp _, Input.Retimed _, Input.Untimed _, Input.DateDue _ -> {}
      }
    }
    timeUp(draft, inputs);
    endFanOuts(draft);
    scheduling.apply(handle, draft, inputs);
    if (dispatch) {
      dispatching.dispatch(draft, _ -> true);
    }
    return draft;
  }

  /** Only what may be submitted of one run; the limits and policies look at all of them. */
  Draft dispatchOf(Instant now, long runId) {
    Draft draft = empty(now);
    dispatching.dispatch(draft, run -> run.id() == runId);
    return draft;
  }

  private void hear(Draft draft, List<WorkerNews> news) {
    var ofPartitions = new LinkedHashMap<Long, List<WorkerNews>>();
    for (WorkerNews each : news) {
      if (fanOut(draft, each).isPresent()) {
        ofPartitions.computeIfAbsent(each.attemptId(), _ -> new ArrayList<>()).add(each);
      } else {
        hear(draft, each);
      }
    }
    ofPartitions.values().forEach(each -> hearPartitions(draft, each));
  }

  private static Optional<FanOut> fanOut(Draft draft, WorkerNews news) {
    Run run = draft.run(news.runId());
    return run == null || !run.plan().splits()
        ? Optional.empty()
        : run.tasks().get(news.task()).attempt(news.attempt()).map(Attempt::fan);
  }

  private static void hearPartitions(Draft draft, List<WorkerNews> news) {
    WorkerNews first = news.getFirst();
    Task task = run(draft, first.runId()).tasks().get(first.task());
    Attempt attempt = task.attempt(first.attempt()).orElseThrow();
    FanOut fan = Objects.requireNonNull(attempt.fan());
    if (attempt.status().open()) {
      for (Event event : PartitionNews.of(first.task(), attempt, fan, news)) {
        boolean _ = draft.apply(first.runId(), event);
      }
    }
    for (WorkerNews each : news) {
      draft.seen(new JournalEntry.SeenNews(each.attemptId(), each.partition(), each.version()));
    }
  }

  /** Attempts of which every partition has ended in this step. */
  private void endFanOuts(Draft draft) {
    for (long runId : List.copyOf(draft.changed())) {
      Run run = draft.run(runId);
      if (run == null || !run.plan().splits()) {
        continue;
      }
      run.tasks()
          .forEachAttempted(task ->
              task.open()
                  .ifPresent(attempt -> {
                    FanOut fan = attempt.fan();
                    if (fan != null && fan.complete()) {
                      end(draft, run, task, attempt, fan);
                    }
                  }));
    }
  }

  /** Its files are in the rows of its datasets; the event need not say them again. */
  private void end(Draft draft, Run run, Task task, Attempt attempt, FanOut fan) {
    Outcome outcome = FanIn.outcome(handle, run, task, attempt, fan);
    var event =
        new Event.Finished(
            task.index(),
            attempt.number(),
            new Outcome(outcome.failure(), outcome.result(), List.of()));
    if (draft.apply(run.id(), event) && outcome.succeeded()) {
      dispatching.commit(draft, run.id(), task.index(), attempt.number(), outcome);
    }
  }

  private void hear(Draft draft, WorkerNews news) {
    String claimant = news.claimant();
    String jobId = news.jobId();
    Instant claimedAt = news.claimedAt();
    Instant renewedAt = news.renewedAt();
    if (claimant != null && jobId != null && claimedAt != null && renewedAt != null) {
      boolean _ =
          draft.apply(
              news.runId(),
              new Event.Claimed(news.task(), news.attempt(), claimant, jobId, claimedAt));
      boolean _ =
          draft.apply(
              news.runId(),
              new Event.Renewed(news.task(), news.attempt(), renewedAt, news.progress()));
    }
    if (news.outcome() != null) {
      finish(draft, news, Json.read(news.outcome(), Outcome.class));
    }
    draft.seen(new JournalEntry.SeenNews(news.attemptId(), news.partition(), news.version()));
  }

  private void finish(Draft draft, WorkerNews news, Outcome outcome) {
    var event = new Event.Finished(news.task(), news.attempt(), outcome);
    if (draft.apply(news.runId(), event) && outcome.succeeded()) {
      dispatching.commit(draft, news.runId(), news.task(), news.attempt(), outcome);
    }
  }

  /**
   * A renewal without progress is no news, so before a lease is taken to be over its claim is read
   * again.
   */
  private void timeUp(Draft draft, List<Input> inputs) {
    var expiring = new ArrayList<Long>();
    for (Input input : inputs) {
      if (input instanceof Input.TimeUp(long runId, int task) && draft.run(runId) != null) {
        due(draft, runId, task)
            .filter(
                event -> event instanceof Event.LeaseOver || event instanceof Event.PartitionsLost)
            .flatMap(_ -> run(draft, runId).tasks().get(task).open())
            .ifPresent(attempt -> expiring.add(attempt.id()));
      }
    }
    hear(draft, WorkerNews.held(handle, expiring));
    for (Input input : inputs) {
      if (input instanceof Input.TimeUp(long runId, int task) && draft.run(runId) != null) {
        due(draft, runId, task)
            .ifPresent(event -> {
              boolean _ = draft.apply(runId, event);
            });
      }
    }
  }

  private Optional<Event> due(Draft draft, long runId, int task) {
    Run run = run(draft, runId);
    return deadlines.due(run, run.tasks().get(task), draft.now());
  }

  private static Run run(Draft draft, long runId) {
    Run run = draft.run(runId);
    if (run == null) {
      throw new IllegalStateException("run " + runId + " is not in the draft");
    }
    return run;
  }
}
