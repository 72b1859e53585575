package dev.core.common.configuration.yaml;

import dev.core.common.database.Dialect;
import org.jdbi.v3.core.Handle;

/** Tells the triggers that record edits on whose behalf they are made. */
final class Actor {

  private Actor() {}

  static void set(Handle handle, Dialect dialect, String actor) {
    switch (dialect) {
      case POSTGRES ->
          handle
              .createQuery("select set_config('core.actor', :actor, true)")
              .bind("actor", actor)
              .mapTo(String.class)
              .one();
      case H2 -> handle.createUpdate("set @core_actor = :actor").bind("actor", actor).execute();
    }
  }

  /** On H2 the name belongs to the session, which goes back to its pool. */
  static void clear(Handle handle, Dialect dialect) {
    if (dialect == Dialect.H2) {
      handle.execute("set @core_actor = null");
    }
  }
}
