package dev.core.orchestrator.engine.loop;

import dev.core.common.json.Json;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.engine.Event.PartitionsClaimed.Claim;
import dev.core.orchestrator.engine.Event.PartitionsRenewed.Renewal;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.PartitionStates;
import dev.core.orchestrator.engine.PartitionStates.Status;
import dev.core.orchestrator.store.WorkerNews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What workers wrote of the partitions of one attempt, as a few facts: one step costs the same
 * events whether one partition was heard of or a thousand.
 */
final class PartitionNews {

  private final int task;
  private final int attempt;
  private final FanOut fan;
  private final List<Claim> claims = new ArrayList<>();
  private final List<Renewal> renewals = new ArrayList<>();
  private final BitSet succeeded = new BitSet();
  private final Map<FailureClass, BitSet> failed = new EnumMap<>(FailureClass.class);

  private PartitionNews(int task, Attempt attempt, FanOut fan) {
    this.task = task;
    this.attempt = attempt.number();
    this.fan = fan;
  }

  /**
   * Only what is new: claims that were read again may be known.
   *
   * @param news the last word of each partition counts
   */
  static List<Event> of(int task, Attempt attempt, FanOut fan, List<WorkerNews> news) {
    var all = new PartitionNews(task, attempt, fan);
    var heard = new BitSet();
    // What was read again is the newest, and comes first.
    for (WorkerNews each : news) {
      if (each.partition() < fan.size() && !heard.get(each.partition())) {
        heard.set(each.partition());
        all.add(each);
      }
    }
    return all.events();
  }

  private void add(WorkerNews news) {
    int index = news.partition();
    PartitionStates states = fan.states();
    String jobId = news.jobId();
    Instant claimedAt = news.claimedAt();
    Instant renewedAt = news.renewedAt();
    if (states.status(index).ended() || jobId == null || claimedAt == null || renewedAt == null) {
      return;
    }
    if (states.status(index) == Status.WAITING) {
      claims.add(new Claim(index, jobId, claimedAt));
    }
    if (news.outcome() != null) {
      var failure = Json.read(news.outcome(), Outcome.class).failure();
      if (failure == null) {
        succeeded.set(index);
      } else {
        failed.computeIfAbsent(failure.failureClass(), _ -> new BitSet()).set(index);
      }
    } else if (states.status(index) == Status.WAITING
        ? renewedAt.isAfter(claimedAt)
        : renewedAt.isAfter(states.renewedAt(index))) {
      renewals.add(new Renewal(index, renewedAt));
    }
  }

  private List<Event> events() {
    var events = new ArrayList<Event>();
    if (!claims.isEmpty()) {
      events.add(new Event.PartitionsClaimed(task, attempt, claims));
    }
    if (!renewals.isEmpty()) {
      events.add(new Event.PartitionsRenewed(task, attempt, renewals));
    }
    if (!succeeded.isEmpty() || !failed.isEmpty()) {
      var byClass = new EnumMap<FailureClass, Partitions>(FailureClass.class);
      failed.forEach((why, indexes) -> byClass.put(why, Partitions.of(indexes)));
      events.add(new Event.PartitionsFinished(task, attempt, Partitions.of(succeeded), byClass));
    }
    return events;
  }
}
