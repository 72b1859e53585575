package dev.core.orchestrator.engine.loop;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.engine.Admission;
import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Pools;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.SetAside;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.store.JournalEntry;
import dev.core.orchestrator.store.PoolRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits queued runs and intends attempts, as many as the backend can take: at most one burst is
 * ever without an answer.
 */
final class Dispatching {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatching.class);
  private static final int LONGEST_JOB_NAME = 128;

  private final Handle handle;
  private final ComputeBackend backend;
  private final Courier courier;
  private final LeaderOptions options;
  private final Quarantine quarantine;
  private final Pauses pauses;
  private final WorkOrders workOrders;
  private final RandomGenerator random;

  /**
   * @param random makes tokens, which must not be guessed
   */
  Dispatching(
      Handle handle,
      ComputeBackend backend,
      Courier courier,
      LeaderOptions options,
      Quarantine quarantine,
      Pauses pauses,
      RandomGenerator random) {
    this.handle = handle;
    this.backend = backend;
    this.courier = courier;
    this.options = options;
    this.quarantine = quarantine;
    this.pauses = pauses;
    this.random = random;
    this.workOrders = new WorkOrders(options.branch(), options.datasetsRoot(), backend.pretends());
  }

  /**
   * @param wanted only what is decided for these runs is done, though all of them are looked at
   */
  void dispatch(Draft draft, Predicate<Run> wanted) {
    if (!draft.queued().isEmpty()) {
      for (var decision : Admission.decide(admissible(draft), quarantine.runs())) {
        if (wanted.test(decision.run())) {
          boolean _ = draft.apply(decision.run().id(), decision.event());
        }
      }
    }
    Collection<Run> runs = draft.busy();
    if (runs.stream().noneMatch(run -> run.count(TaskStatus.READY) > 0)) {
      return;
    }
    int live = runs.stream().mapToInt(Run::live).sum();
    int budget =
        Math.min(backend.submissionBudget() - courier.unanswered(), backend.jobsAtOnce() - live);
    var going = new ArrayList<Run>();
    var held = new ArrayList<>(quarantine.runs());
    for (Run run : runs) {
      if (pauses.hold(draft, run.header().pipeline())) {
        held.add(new SetAside(run, Set.of()));
      } else {
        going.add(run);
      }
    }
    for (var choice : Dispatcher.choose(going, held, limits(runs), budget)) {
      if (wanted.test(choice.run())) {
        intend(draft, choice.run().id(), choice.task());
      }
    }
  }

  /** Queued runs of paused pipelines stay so, whatever the overlap policy. */
  private List<Run> admissible(Draft draft) {
    return draft.runs().stream()
        .filter(run -> !ActiveRuns.isQueued(run) || !pauses.hold(draft, run.header().pipeline()))
        .toList();
  }

  private void intend(Draft draft, long runId, int task) {
    Run run = draft.run(runId);
    if (run == null) {
      return;
    }
    ComputeBackend.Target target;
    try {
      target = backend.target(run.plan().resources(task));
    } catch (BackendUnavailable e) {
      courier.unavailable(e.getMessage());
      LOG.debug("run {} task {} stays ready: {}", runId, task, e.getMessage());
      return;
    }
    int number = run.tasks().get(task).attempts() + 1;
    switch (workOrders.make(handle, draft, run, task, number)) {
      case WorkOrders.Impossible(var message) -> {
        boolean _ = draft.apply(runId, new Event.Unresolvable(task, message));
      }
      case WorkOrders.Made(var order) -> {
        long id = draft.ids().attempt();
        String token = token();
        boolean _ =
            draft.apply(
                runId,
                new Event.Intended(
                    task,
                    number,
                    id,
                    token,
                    jobName(runId, task, number, run.plan().key(task), token),
                    target.queue(),
                    target.definitionRevision()));
        draft.seal(id, new JournalEntry.Sealed(backend.mode(), order));
      }
    }
  }

  /** Datasets that a task wrote become visible with its success, in the same transaction. */
  void commit(Draft draft, long runId, int task, int attempt, Outcome outcome) {
    Run run = draft.run(runId);
    if (run != null) {
      for (WrittenDataset dataset : outcome.datasets()) {
        draft.commit(run, task, attempt, options.branch(), dataset);
      }
    }
  }

  private String token() {
    var bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Unique beyond this database, by a part of the token that claims nothing; then what people look
   * for. Letters, digits, - and _ only, as AWS Batch wants it.
   */
  static String jobName(long runId, int task, int attempt, String key, String token) {
    String name =
        "r%d-t%d-a%d-%s-%s"
            .formatted(runId, task, attempt, fingerprint(token), key)
            .replaceAll("[^A-Za-z0-9_-]", "_");
    return name.length() <= LONGEST_JOB_NAME ? name : name.substring(0, LONGEST_JOB_NAME);
  }

  private static String fingerprint(String token) {
    return PipelineDefinition.sha256(token).substring(0, 10);
  }

  private Dispatcher.Limits limits(Collection<Run> runs) {
    boolean pools =
        runs.stream().anyMatch(run -> run.count(TaskStatus.READY) > 0 && run.plan().usesPools());
    return new Dispatcher.Limits(options.tasksAtOnce(), pools ? PoolRows.read(handle) : Pools.NONE);
  }
}
