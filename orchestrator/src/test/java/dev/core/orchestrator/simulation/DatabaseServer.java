package dev.core.orchestrator.simulation;

import dev.core.common.database.Database;
import dev.core.orchestrator.simulation.jvm.MigratedStore;
import dev.core.orchestrator.simulation.jvm.RowSink;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one database of a simulation, as processes reach it; tells the laws of every commit. */
final class DatabaseServer implements RowSink {

  /** Told of what was committed, and by whom, before whoever did it hears of it. */
  interface Listener {
    void committed(Life by, List<RowChange> changes);
  }

  private final MigratedStore store;
  private final Timeline time;
  private final Faults faults;
  private final Trace trace;
  private final Listener listener;
  private final List<Life> known = new ArrayList<>();
  private final Map<Life, DatabaseSlot> slots = new LinkedHashMap<>();
  private long awayUntil;
  private @Nullable Link speaking;

  DatabaseServer(
      MigratedStore store, Timeline time, Faults faults, Trace trace, Listener listener) {
    this.store = store;
    this.time = time;
    this.faults = faults;
    this.trace = trace;
    this.listener = listener;
  }

  /** The database as this process reaches it. */
  Database of(Life process) {
    known.add(process);
    var slot = DatabaseSlot.take(this, process);
    slots.put(process, slot);
    return slot.database();
  }

  /** It has died; what it was doing may still be on the stack. */
  void forget(Life process) {
    known.remove(process);
  }

  /** It has gone, and nothing of it is on the stack. */
  void free(Life process) {
    known.remove(process);
    DatabaseSlot slot = slots.remove(process);
    if (slot != null) {
      slot.free();
    }
  }

  void close() {
    List.copyOf(slots.keySet())
        .forEach(process -> {
          process.breakLinks();
          free(process);
        });
  }

  Connection connect(Life process) throws SQLException {
    if (!process.alive()) {
      throw new ProcessDied(process.name());
    }
    requireReachable(process, null);
    var link = new Link(this, process, store.take());
    process.opened(link);
    return link.connection();
  }

  void give(MigratedStore.Kept kept) {
    store.give(kept);
  }

  void requireReachable(Life process, @Nullable Link link) throws SQLException {
    if (time.micros() < awayUntil || process.cutOff(time.micros())) {
      process.hindered(time.micros());
      if (link != null) {
        link.breakOff();
      }
      throw new SQLException("the database does not answer", "08001");
    }
  }

  boolean reachable() {
    return time.micros() >= awayUntil;
  }

  void awayFor(long micros) {
    awayUntil = time.micros() + micros;
    trace.line("database", () -> "away for " + micros / 1_000 + " ms");
    List.copyOf(known).forEach(Life::breakLinks);
  }

  boolean losesCommit(Life process) {
    return loses(FaultKind.COMMIT_LOST, process);
  }

  boolean losesAnswer(Life process) {
    return loses(FaultKind.COMMIT_UNANSWERED, process);
  }

  private boolean loses(FaultKind kind, Life process) {
    boolean lost = faults.strikes(kind, process.name());
    if (lost) {
      process.hindered(time.micros());
      trace.line(process.name(), kind::text);
    }
    return lost;
  }

  /**
   * Whose statement runs.
   *
   * @return whose ran before
   */
  @Nullable Link speaking(@Nullable Link link) {
    Link before = speaking;
    speaking = link;
    return before;
  }

  @Override
  public void changed(
      String table,
      Map<String, Integer> columns,
      @Nullable Object @Nullable [] before,
      @Nullable Object @Nullable [] after) {
    if (speaking != null) {
      speaking.heard(
          new RowChange(
              table,
              before == null ? null : new Row(columns, before),
              after == null ? null : new Row(columns, after)));
    }
  }

  void committed(Life by, List<RowChange> changes) {
    listener.committed(by, changes);
  }
}
