package dev.core.orchestrator.simulation;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that one process after the other opens: what Jdbi has learned of the statements is
 * kept, which costs more than running them.
 */
final class DatabaseSlot {

  private static final ThreadLocal<Deque<DatabaseSlot>> FREE =
      ThreadLocal.withInitial(ArrayDeque::new);

  private final Database database;
  private @Nullable DatabaseServer server;
  private @Nullable Life process;

  private DatabaseSlot() {
    var source =
        (DataSource)
            Proxy.newProxyInstance(
                DatabaseSlot.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (self, method, _) ->
                    switch (method.getName()) {
                      case "getConnection" -> connect();
                      case "hashCode" -> System.identityHashCode(self);
                      case "toString" -> "database of a process";
                      default -> throw new UnsupportedOperationException(method.toString());
                    });
    this.database = Database.over(source, Dialect.H2);
  }

  private Object connect() throws SQLException {
    if (server == null || process == null) {
      throw new IllegalStateException("nobody has this database");
    }
    return server.connect(process);
  }

  static DatabaseSlot take(DatabaseServer server, Life process) {
    DatabaseSlot slot = FREE.get().poll();
    if (slot == null) {
      slot = new DatabaseSlot();
    }
    slot.server = server;
    slot.process = process;
    return slot;
  }

  Database database() {
    return database;
  }

  /** The process is gone, and nothing of it is under way. */
  void free() {
    server = null;
    process = null;
    FREE.get().push(this);
  }
}
