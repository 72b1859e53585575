package dev.core.orchestrator.engine;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pools of the store as they are now, by which the tasks of sealed runs find theirs: a pool
 * that was renamed is found by its id, one that was deleted and made again by its name. Immutable.
 */
public final class Pools {

  /** There is none. */
  public static final Pools NONE = new Pools(List.of());

  /**
   * @param slots tasks that may hold one at once
   * @param editedAt when its row was last edited; null: not known
   */
  public record Pool(long id, String name, int slots, @Nullable Instant editedAt) {
    public Pool(long id, String name, int slots) {
      this(id, name, slots, null);
    }
  }

  private final Map<Long, Pool> byId = new HashMap<>();
  private final Map<String, Pool> byName = new HashMap<>();

  private Pools(Collection<Pool> pools) {
    for (Pool pool : pools) {
      byId.put(pool.id(), pool);
      byName.put(pool.name(), pool);
    }
  }

  public static Pools of(Collection<Pool> pools) {
    return pools.isEmpty() ? NONE : new Pools(pools);
  }

  /** The pool whose slot the task takes; empty: it takes none, or the pool is no longer there. */
  public Optional<Pool> of(RunPlan plan, int task) {
    String sealed = plan.pool(task);
    return sealed == null ? Optional.empty() : find(plan.poolId(task), sealed);
  }

  /** The name that the task's pool has now, or had when it was sealed; null: it takes no slot. */
  public @Nullable String name(RunPlan plan, int task) {
    return of(plan, task).map(Pool::name).orElse(plan.pool(task));
  }

  /** None, if it is no longer there. */
  int slots(String name) {
    Pool pool = byName.get(name);
    return pool == null ? 0 : pool.slots();
  }

  /** When its slots may last have been others, if that is known. */
  Optional<Instant> editedAt(String name) {
    return Optional.ofNullable(byName.get(name)).map(Pool::editedAt);
  }

  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  private Optional<Pool> find(@Nullable Long id, String name) {
    Pool sameId = id == null ? null : byId.get(id);
    return Optional.ofNullable(sameId == null ? byName.get(name) : sameId);
  }
}
