package dev.core.common.configuration;

import dev.core.common.database.Database;
import dev.core.common.definition.PipelineDefinition;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A connection to the store in which edits gather until {@link #commit}; what is not committed when
 * it is closed is gone. Not thread-safe.
 */
public final class ConfigurationSession implements AutoCloseable {
  private final Handle handle;
  private final ConfigurationStore store;
  private final Runnable onClose;

  private ConfigurationSession(Handle handle, String actor, Runnable onClose) {
    this.handle = handle;
    this.store = new ConfigurationStore(handle, actor);
    this.onClose = onClose;
    handle.begin();
  }

  /**
   * A session on a connection of its own; closing it leaves the database open.
   *
   * @param actor who is to be recorded as the author of the edits
   */
  public static ConfigurationSession on(Database database, String actor) {
    return opened(database, actor, () -> {});
  }

  static ConfigurationSession opened(Database database, String actor, Runnable onClose) {
    var handle = database.jdbi().open();
    try {
      return new ConfigurationSession(handle, actor, onClose);
    } catch (RuntimeException e) {
      handle.close();
      throw e;
    }
  }

  /** The tables. */
  public ConfigurationStore store() {
    return store;
  }

  /** The pipeline of that name with all that belongs to it, as a run would seal it. */
  public Optional<PipelineDefinition> pipeline(String name) {
    return PipelineDefinitions.read(handle, name);
  }

  /** All pipelines with all that belongs to them. */
  public List<PipelineDefinition> pipelines() {
    return PipelineDefinitions.list(handle);
  }

  /** The connection, for SQL of one's own; its transaction is the session's. */
  public Handle handle() {
    return handle;
  }

  /** Makes the edits so far visible to everybody, and goes on in a new transaction. */
  public void commit() {
    handle.commit();
    handle.begin();
  }

  /** Drops the edits since the last commit. */
  public void rollback() {
    handle.rollback();
    handle.begin();
  }

  @Override
  public void close() {
    try {
      handle.rollback();
      handle.close();
    } finally {
      onClose.run();
    }
  }
}
