package dev.core.orchestrator.engine;

import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Surroundings.OtherRun;
import dev.core.orchestrator.engine.Why.Cause;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Why a task waits for its turn: for its run to be admitted, or for what is upstream. */
final class WaitingWhy {

  private WaitingWhy() {}

  static Why of(Run run, Task task, Surroundings surroundings) {
    if (run.status() == RunStatus.QUEUED) {
      Pause pause = surroundings.pause();
      return pause == null ? queued(run, task, surroundings) : Why.paused(task, pause);
    }
    Dag.Wave frontier = run.plan().dag().waves().get(run.frontier());
    if (task.index() < frontier.end()) {
      return EndingWhy.downstream(run, task, frontier);
    }
    List<String> unfinished =
        IntStream.range(frontier.spacer() + 1, frontier.end())
            .filter(index -> !run.tasks().get(index).status().passes())
            .mapToObj(index -> run.plan().key(index))
            .toList();
    return new Why(
        Cause.UPSTREAM,
        "waits for wave %d (%s): %d of %d tasks have not succeeded: %s"
            .formatted(
                frontier.number(),
                frontier.state(),
                unfinished.size(),
                frontier.size(),
                Why.shortList(unfinished)),
        "they succeed",
        since(run, task));
  }

  /** Before the run was admitted it waited for something else. */
  private static Instant since(Run run, Task task) {
    Instant started = run.startedAt();
    return started == null ? task.since() : Why.later(task.since(), started);
  }

  /** By the same rules as {@link Admission}. */
  private static Why queued(Run run, Task task, Surroundings surroundings) {
    List<OtherRun> active = surroundings.others().stream().filter(OtherRun::active).toList();
    List<OtherRun> before =
        surroundings.others().stream().filter(other -> other.queuedBefore(run.header())).toList();
    if (before.isEmpty() && active.size() < Admission.atOnce(run.plan().definition())) {
      return Why.nextStep("nothing holds the run: it is about to start", task.since());
    }
    OtherRun first = Stream.concat(active.stream(), before.stream()).findFirst().orElseThrow();
    long id = first.turn().runId();
    return new Why(
        Cause.OVERLAP,
        "the run is queued behind run %d, which is %s (overlap policy %s)%s"
            .formatted(
                id,
                first.quarantined() ? "quarantined" : first.status(),
                run.plan().definition().overlapPolicy(),
                active.size() + before.size() == 1
                    ? ""
                    : "; %d runs go before it".formatted(active.size() + before.size())),
        first.quarantined()
            ? "`core release %d` takes that run up again; see `core why %d`".formatted(id, id)
            : "that run ends, or `core cancel " + id + "`",
        task.since());
  }
}
