package dev.core.orchestrator.store;

import org.jdbi.v3.core.Handle;

/**
 * Gives out ids. Only the leader writes these tables, so it counts in memory from where the rows
 * end; a gap, where a transaction failed, means nothing. Used by one thread.
 */
public final class NextIds {

  private long run;
  private long attempt;
  private long event;
  private long dataset;

  /** Goes on from what is stored. */
  public static NextIds read(Handle handle) {
    var ids = new NextIds();
    ids.run = highest(handle, "runs");
    ids.attempt = highest(handle, "attempts");
    ids.event = highest(handle, "events");
    ids.dataset = highest(handle, "datasets");
    return ids;
  }

  private static long highest(Handle handle, String table) {
    return handle
        .createQuery("select coalesce(max(id), 0) from execution." + table)
        .mapTo(Long.class)
        .one();
  }

  public long run() {
    return ++run;
  }

  public long attempt() {
    return ++attempt;
  }

  public long event() {
    return ++event;
  }

  public long dataset() {
    return ++dataset;
  }
}
