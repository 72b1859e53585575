package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Surroundings.Capacity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the machines of local mode can run, for the jobs that wait there. */
final class LocalCapacity {

  private LocalCapacity() {}

  private record Workers(int beating, int slots, @Nullable Instant beatAt) {}

  /** By the name of each queued job. */
  static Map<String, Capacity> read(Handle handle) {
    var queued = queued(handle);
    if (queued.isEmpty()) {
      return Map.of();
    }
    var workers = workers(handle);
    var taken = taken(handle);
    var capacity = new HashMap<String, Capacity>();
    queued.forEach((name, host) -> {
      var there = workers.getOrDefault(host, new Workers(0, 0, null));
      capacity.put(
          name,
          new Capacity(
              host,
              there.beating(),
              there.slots(),
              there.beatAt(),
              taken.getOrDefault(host, List.of())));
    });
    return capacity;
  }

  private static Map<String, String> queued(Handle handle) {
    var hosts = new HashMap<String, String>();
    handle
        .createQuery(
            """
            select name, host from execution.local_jobs
            where status = 'QUEUED' and terminate_reason is null
            """)
        .map((row, _) -> hosts.put(row.getString("name"), row.getString("host")))
        .list();
    return hosts;
  }

  private static Map<String, Workers> workers(Handle handle) {
    var workers = new HashMap<String, Workers>();
    handle
        .createQuery(
            """
            select host, max(beat_at) as beat_at,
              sum(case when stopped_at is null
                and beat_at > execution.clock() - interval '10' second then 1 else 0 end) as beating,
              sum(case when stopped_at is null
                and beat_at > execution.clock() - interval '10' second then slots else 0 end)
                as slots
            from execution.local_workers group by host
            """)
        .map((row, _) ->
            workers.put(
                row.getString("host"),
                new Workers(
                    row.getInt("beating"), row.getInt("slots"), Columns.instant(row, "beat_at"))))
        .list();
    return workers;
  }

  private static Map<String, List<Instant>> taken(Handle handle) {
    var taken = new HashMap<String, List<Instant>>();
    handle
        .createQuery(
            """
            select host, coalesce(taken_at, queued_at) as taken_at from execution.local_jobs
            where status = 'RUNNING'
            """)
        .map((row, _) ->
            taken
                .computeIfAbsent(row.getString("host"), _ -> new ArrayList<>())
                .add(Columns.requiredInstant(row, "taken_at")))
        .list();
    return taken;
  }
}
