package dev.core.orchestrator.engine.loop;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Partitions;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.engine.Admission;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.FanOut;
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
import org.jspecify.annotations.Nullable;
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
    if (runs.stream().noneMatch(Dispatcher::waits)) {
      return;
    }
    int budget = backend.submissionBudget() - courier.unanswered();
    var going = new ArrayList<Run>();
    var held = new ArrayList<>(quarantine.runs());
    for (Run run : runs) {
      if (pauses.hold(draft, run.header().pipeline())) {
        held.add(new SetAside(run, Set.of()));
      } else {
        going.add(run);
      }
    }
    for (var choice : Dispatcher.choose(going, held, limits(runs), budget, this::width)) {
      if (wanted.test(choice.run())) {
        submit(draft, choice.run().id(), choice.task(), choice.partitions());
      }
    }
  }

  /** Queued runs of paused pipelines stay so, whatever the overlap policy. */
  private List<Run> admissible(Draft draft) {
    return draft.runs().stream()
        .filter(run -> !ActiveRuns.isQueued(run) || !pauses.hold(draft, run.header().pipeline()))
        .toList();
  }

  private int width(Run run, int task) {
    return workOrders.split(run, task) instanceof Split.Parts(_, var chosen) ? chosen.size() : 1;
  }

  /** An attempt, or more partitions of the one that is under way. */
  private void submit(Draft draft, long runId, int task, int partitions) {
    Run run = draft.run(runId);
    if (run == null) {
      return;
    }
    if (run.tasks().get(task).status() == TaskStatus.READY) {
      intend(draft, run, task);
    }
    chunks(draft, runId, task, partitions);
  }

  /** The next partitions of a task that is split, in arrays as large as there can be. */
  private static void chunks(Draft draft, long runId, int task, int partitions) {
    for (int left = partitions; left > 0; ) {
      Run run = draft.run(runId);
      Attempt attempt = run == null ? null : run.tasks().get(task).open().orElse(null);
      FanOut fan = attempt == null ? null : attempt.fan();
      if (run == null || attempt == null || fan == null || fan.left() == 0) {
        return;
      }
      int size = Math.min(Math.min(left, fan.left()), Dispatcher.LARGEST_ARRAY);
      String unique = "r%d-t%d-a%d-i%d".formatted(runId, task, attempt.number(), fan.next());
      boolean _ =
          draft.apply(
              runId,
              new Event.ChunkIntended(
                  task,
                  attempt.number(),
                  fan.next(),
                  size,
                  jobName(unique, run.plan().key(task), attempt.token())));
      left -= size;
    }
  }

  private void intend(Draft draft, Run run, int task) {
    long runId = run.id();
    ComputeBackend.Target target;
    try {
      target = backend.target(run.plan().resources(task));
    } catch (BackendUnavailable e) {
      courier.unavailable(e.getMessage());
      LOG.debug("run {} task {} stays ready: {}", runId, task, e.getMessage());
      return;
    }
    int number = run.tasks().get(task).attempts() + 1;
    switch (workOrders.make(handle, draft, run, task, number, workOrders.split(run, task))) {
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
                    target.definitionRevision(),
                    partitions(order),
                    order.partitions() == 1 ? 0 : order.partitions()));
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

  private static @Nullable Partitions partitions(WorkOrder order) {
    return order.partitions() == 1
        ? null
        : order.chosen() == null ? Partitions.all(order.partitions()) : order.chosen();
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
    return jobName("r%d-t%d-a%d".formatted(runId, task, attempt), key, token);
  }

  private static String jobName(String unique, String key, String token) {
    String name =
        "%s-%s-%s".formatted(unique, fingerprint(token), key).replaceAll("[^A-Za-z0-9_-]", "_");
    return name.length() <= LONGEST_JOB_NAME ? name : name.substring(0, LONGEST_JOB_NAME);
  }

  private static String fingerprint(String token) {
    return PipelineDefinition.sha256(token).substring(0, 10);
  }

  private Dispatcher.Limits limits(Collection<Run> runs) {
    boolean pools = runs.stream().anyMatch(run -> Dispatcher.waits(run) && run.plan().usesPools());
    return new Dispatcher.Limits(
        Math.min(options.tasksAtOnce(), backend.jobsAtOnce()),
        pools ? PoolRows.read(handle) : Pools.NONE);
  }
}
