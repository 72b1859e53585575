package dev.core.orchestrator.engine.loop;

import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.RunMachine;
import dev.core.orchestrator.store.JournalEntry;
import dev.core.orchestrator.store.NextIds;
import dev.core.orchestrator.trigger.Agenda;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one step, before they are journalled: an overlay over the committed runs. Thrown
 * away if the journal refuses it. Used by one thread.
 */
final class Draft {

  private final ActiveRuns committed;
  private final RunMachine machine;
  private final NextIds ids;
  private final Instant now;

  /** Runs as they were when they entered the draft; null for new ones. */
  private final Map<Long, @Nullable Run> before = new LinkedHashMap<>();

  private final Map<Long, Run> after = new TreeMap<>();
  private final Map<Long, Set<Integer>> touched = new TreeMap<>();
  private final List<JournalEntry.Recorded> events = new ArrayList<>();
  private final Map<Long, JournalEntry.Sealed> orders = new LinkedHashMap<>();
  private final List<JournalEntry.Committed> datasets = new ArrayList<>();
  private final List<JournalEntry.SeenNews> news = new ArrayList<>();
  private final List<JournalEntry.Answered> answers = new ArrayList<>();
  private final List<Long> released = new ArrayList<>();

  private final Map<String, Agenda> agendas = new LinkedHashMap<>();
  private final Set<String> forgotten = new TreeSet<>();
  private final Map<String, Pause> paused = new TreeMap<>();
  private final Set<String> resumed = new TreeSet<>();

  /** Runs in which an event may have changed any task. */
  private final Set<Long> wholeRuns = new TreeSet<>();

  private int stale;

  Draft(ActiveRuns committed, RunMachine machine, NextIds ids, Instant now) {
    this.committed = committed;
    this.machine = machine;
    this.ids = ids;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  NextIds ids() {
    return ids;
  }

  @Nullable Run run(long id) {
    Run changed = after.get(id);
    return changed == null ? committed.get(id) : changed;
  }

  /** All runs that the leader has something to do about, as they are in this draft. */
  Collection<Run> runs() {
    return ActiveRuns.overlaid(committed.all(), after.values(), _ -> true);
  }

  /** Those that wait to be admitted. */
  Collection<Run> queued() {
    return ActiveRuns.overlaid(committed.queued(), after.values(), ActiveRuns::isQueued);
  }

  /** Those with tasks that wait for a submission, or take a place at the backend. */
  Collection<Run> busy() {
    return ActiveRuns.overlaid(committed.busy(), after.values(), ActiveRuns::isBusy);
  }

  /** Runs that this draft starts. */
  Collection<Run> added() {
    return after.values().stream().filter(run -> before.get(run.id()) == null).toList();
  }

  void add(Run run) {
    before.put(run.id(), null);
    after.put(run.id(), run);
  }

  /** Takes up a run that had ended and is not in memory. */
  void adopt(Run run) {
    before.put(run.id(), run);
    after.put(run.id(), run);
  }

  /** Takes up a run that was quarantined, as its rows say it stands. */
  void release(Run run) {
    adopt(run);
    released.add(run.id());
    wholeRuns.add(run.id());
  }

  /**
   * @return false if the event changed nothing
   */
  RetryPolicy retryPolicy() {
    return machine.policy();
  }

  @SuppressWarnings("ReferenceEquality") // the machine gives back the same run for stale events
  boolean apply(long runId, Event event) {
    Run run = run(runId);
    Run next = run == null ? null : machine.apply(run, event, now);
    if (run == null || next == null || next == run) {
      stale++;
      return false;
    }
    if (!before.containsKey(runId)) {
      before.put(runId, run);
    }
    after.put(runId, next);
    if (event instanceof Event.OfTask ofTask) {
      touch(runId, ofTask.task());
    } else {
      wholeRuns.add(runId);
    }
    if (event.recorded()) {
      events.add(new JournalEntry.Recorded(ids.event(), runId, event, now));
    }
    return true;
  }

  private void touch(long runId, int task) {
    touched.computeIfAbsent(runId, _ -> new TreeSet<>()).add(task);
  }

  void seal(long attemptId, JournalEntry.Sealed order) {
    orders.put(attemptId, order);
  }

  void commit(Run run, int task, int attempt, String branch, WrittenDataset dataset) {
    datasets.add(new JournalEntry.Committed(ids.dataset(), run, task, attempt, branch, dataset));
  }

  /** Datasets that become visible with this draft. */
  List<JournalEntry.Committed> datasets() {
    return datasets;
  }

  void seen(JournalEntry.SeenNews seen) {
    news.add(seen);
  }

  void answer(long commandId, CommandAnswer answer) {
    answers.add(new JournalEntry.Answered(commandId, answer));
  }

  /** The schedule of a pipeline goes on like this. */
  void schedule(Agenda agenda) {
    agendas.put(agenda.pipeline(), agenda);
  }

  /** The pipeline has no schedule any more. */
  void forget(String pipeline) {
    forgotten.add(pipeline);
  }

  /** Schedules that change with this draft, by pipeline. */
  Map<String, Agenda> agendas() {
    return agendas;
  }

  Set<String> forgotten() {
    return forgotten;
  }

  /** Of a scope that is not paused. */
  void pause(Pause pause) {
    paused.put(pause.scope(), pause);
  }

  /** Of a scope that is paused, be it by this draft. */
  void resume(String scope) {
    if (paused.remove(scope) == null) {
      resumed.add(scope);
    }
  }

  /** Pauses that begin with this draft, by scope. */
  Map<String, Pause> paused() {
    return paused;
  }

  /** Scopes whose pauses end with this draft; a new one may begin. */
  Set<String> resumed() {
    return resumed;
  }

  /** Runs that entered the draft. */
  Set<Long> changed() {
    return after.keySet();
  }

  /** Tasks that events of this draft were about, by run. */
  Map<Long, Set<Integer>> touched() {
    return touched;
  }

  /** Runs that were quarantined and no longer are. */
  List<Long> released() {
    return released;
  }

  /** Runs that events of this draft were about as a whole. */
  Set<Long> wholeRuns() {
    return wholeRuns;
  }

  /** How many events changed nothing. */
  int stale() {
    return stale;
  }

  JournalEntry entry() {
    var changes = new ArrayList<JournalEntry.Change>();
    after.forEach((id, run) -> changes.add(new JournalEntry.Change(before.get(id), run)));
    var triggers =
        new JournalEntry.Triggers(
            agendas.values().stream().map(Agenda::schedule).toList(),
            List.copyOf(forgotten),
            List.copyOf(paused.values()),
            List.copyOf(resumed));
    return new JournalEntry(
        now, changes, events, orders, datasets, news, answers, released, triggers);
  }
}
