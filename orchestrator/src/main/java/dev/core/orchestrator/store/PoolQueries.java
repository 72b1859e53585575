package dev.core.orchestrator.store;

import static java.util.stream.Collectors.groupingBy;

import dev.core.common.configuration.ConfigurationStore;
import dev.core.common.configuration.Pool;
import dev.core.orchestrator.engine.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Jdbi;

/** Reads pools with their use. Thread-safe; works also while nobody leads. */
public final class PoolQueries {

  private final Jdbi jdbi;
  private final Duration claimLease;

  /**
   * @param claimLease after which a worker that does not renew is taken for ended
   */
  public PoolQueries(Jdbi jdbi, Duration claimLease) {
    this.jdbi = jdbi;
    this.claimLease = claimLease;
  }

  /** By name; also those that are no longer there and that tasks of sealed runs still need. */
  public List<PoolSummary> list() {
    return jdbi.inTransaction(handle -> {
      var rows = new ConfigurationStore(handle, "reader").pools().list();
      var pools =
          Pools.of(
              rows.stream().map(row -> new Pools.Pool(row.id(), row.name(), row.slots())).toList());
      var tasks =
          PlacedTasks.read(handle, pools, claimLease).stream()
              .filter(task -> task.pool() != null)
              .collect(
                  groupingBy(PlacedTask::pool, TreeMap::new, java.util.stream.Collectors.toList()));
      var summaries = new ArrayList<PoolSummary>();
      for (Pool row : rows) {
        var own = tasks.remove(row.name());
        summaries.add(
            PoolSummary.of(
                row.name(), row.description(), row.slots(), own == null ? List.of() : own));
      }
      tasks.forEach((name, own) -> summaries.add(PoolSummary.of(name, null, null, own)));
      summaries.sort(Comparator.comparing(PoolSummary::name));
      return summaries;
    });
  }
}
