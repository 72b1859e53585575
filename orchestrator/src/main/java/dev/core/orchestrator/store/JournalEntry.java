package dev.core.orchestrator.store;

import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Pause;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.trigger.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction of the leader writes: all of it, or nothing.
 *
 * @param changes runs whose rows change; what changed in them is found by comparing versions
 * @param orders work orders of the attempts that are intended here, by the attempt's id
 * @param datasets that become visible with it
 * @param news of workers that is dealt with
 * @param released runs that are no longer quarantined
 * @param triggers what else changes in the things that start runs
 */
public record JournalEntry(
    Instant now,
    List<Change> changes,
    List<Recorded> events,
    Map<Long, Sealed> orders,
    List<Committed> datasets,
    List<SeenNews> news,
    List<Answered> answers,
    List<Long> released,
    Triggers triggers) {

  /** One that changes nothing in the things that start runs. */
  public JournalEntry(
      Instant now,
      List<Change> changes,
      List<Recorded> events,
      Map<Long, Sealed> orders,
      List<Committed> datasets,
      List<SeenNews> news,
      List<Answered> answers,
      List<Long> released) {
    this(now, changes, events, orders, datasets, news, answers, released, Triggers.UNCHANGED);
  }

  public JournalEntry {
    changes = List.copyOf(changes);
    events = List.copyOf(events);
    orders = Map.copyOf(orders);
    datasets = List.copyOf(datasets);
    news = List.copyOf(news);
    answers = List.copyOf(answers);
    released = List.copyOf(released);
  }

  /**
   * @param before null: the run is new
   */
  public record Change(@Nullable Run before, Run after) {}

  public record Recorded(long id, long runId, Event event, Instant at) {}

  public record Sealed(String mode, WorkOrder order) {}

  public record Committed(
      long id, Run run, int task, int attempt, String branch, WrittenDataset dataset) {}

  /**
   * @param version that was read; a newer one stays news
   */
  public record SeenNews(long attemptId, int partition, int version) {}

  public record Answered(long commandId, CommandAnswer answer) {}

  /**
   * @param schedules rows as they are to be
   * @param forgotten pipelines whose schedules are gone
   * @param paused and {@code resumed}: pauses that begin, and scopes of those that end
   */
  public record Triggers(
      List<Schedule> schedules, List<String> forgotten, List<Pause> paused, List<String> resumed) {

    static final Triggers UNCHANGED = new Triggers(List.of(), List.of(), List.of(), List.of());

    public Triggers {
      schedules = List.copyOf(schedules);
      forgotten = List.copyOf(forgotten);
      paused = List.copyOf(paused);
      resumed = List.copyOf(resumed);
    }

    boolean isEmpty() {
      return schedules.isEmpty() && forgotten.isEmpty() && paused.isEmpty() && resumed.isEmpty();
    }
  }

  /** Whether a transaction would write nothing. */
  public boolean isEmpty() {
    return changes.isEmpty()
        && events.isEmpty()
        && datasets.isEmpty()
        && news.isEmpty()
        && answers.isEmpty()
        && released.isEmpty()
        && triggers.isEmpty();
  }
}
