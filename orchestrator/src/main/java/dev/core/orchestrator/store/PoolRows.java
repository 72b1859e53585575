package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Pools;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads the pools as they are now; edits count at once, also for runs that are sealed. */
public final class PoolRows {

  private PoolRows() {}

  public static Pools read(Handle handle) {
    return Pools.of(list(handle));
  }

  /** By name. */
  public static List<Pools.Pool> list(Handle handle) {
    return handle
        .createQuery("select id, name, slots, updated_at from configuration.pools order by name")
        .map((row, _) ->
            new Pools.Pool(
                row.getLong("id"),
                row.getString("name"),
                row.getInt("slots"),
                Columns.instant(row, "updated_at")))
        .list();
  }
}
