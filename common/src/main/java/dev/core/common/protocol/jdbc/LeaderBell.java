package dev.core.common.protocol.jdbc;

import dev.core.common.bell.Bell;
import org.jdbi.v3.core.Handle;

/** Tells the leader of an embedded database, a process of this machine, that there is news. */
public final class LeaderBell {

  private LeaderBell() {}

  /** To be called after the commit of what is new. */
  public static void ring(Handle handle) {
    handle
        .createQuery("select notice_port from execution.leadership where notice_port is not null")
        .mapTo(Integer.class)
        .findOne()
        .ifPresent(Bell::ring);
  }
}
