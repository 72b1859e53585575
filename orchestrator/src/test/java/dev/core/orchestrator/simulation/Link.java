package dev.core.orchestrator.simulation;

import dev.core.orchestrator.simulation.jvm.MigratedStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a process to the simulated database: where its steps begin, where commits get
 * lost, and where what it changed is heard of.
 */
final class Link implements InvocationHandler {

  private final DatabaseServer server;
  private final Life owner;
  private final MigratedStore.Kept kept;
  private final Connection proxy;
  private final List<RowChange> changes = new ArrayList<>();

  /** In use, by what they are kept under afterwards. */
  private final Map<PreparedStatement, String> open = new IdentityHashMap<>();

  private boolean broken;
  private boolean closed;
  private boolean inTransaction;
  private boolean begun;

  Link(DatabaseServer server, Life owner, MigratedStore.Kept kept) {
    this.server = server;
    this.owner = owner;
    this.kept = kept;
    this.proxy =
        (Connection)
            Proxy.newProxyInstance(
                Link.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
  }

  Connection connection() {
    return proxy;
  }

  Life owner() {
    return owner;
  }

  /** The server rolls back and forgets it; whoever uses it again finds that out. */
  void breakOff() {
    if (!broken && !closed) {
      broken = true;
      changes.clear();
      server.give(kept);
      owner.closed(this);
    }
  }

  void heard(RowChange change) {
    changes.add(change);
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    switch (method.getName()) {
      case "close" -> {
        close();
        return null;
      }
      case "isClosed" -> {
        return closed;
      }
      case "isValid" -> {
        return !closed && !broken;
      }
      case "hashCode" -> {
        return System.identityHashCode(self);
      }
      case "equals" -> {
        return arguments != null && arguments[0] == self;
      }
      case "toString" -> {
        return "connection of " + owner.name();
      }
      case "commit" -> {
        commit();
        return null;
      }
      case "rollback" -> {
        requireUnbroken();
        changes.clear();
        begun = false;
        return call(kept.connection(), method, arguments);
      }
      case "setAutoCommit" -> {
        requireUnbroken();
        inTransaction = arguments != null && Boolean.FALSE.equals(arguments[0]);
        begun = false;
        return call(kept.connection(), method, arguments);
      }
      case "prepareStatement" -> {
        requireUnbroken();
        return prepare(method, arguments);
      }
      case "createStatement" -> {
        requireUnbroken();
        var real = (Statement) call(kept.connection(), method, arguments);
        return new LinkStatement(this, real, null).proxy(Statement.class);
      }
      default -> {
        requireUnbroken();
        return call(kept.connection(), method, arguments);
      }
    }
  }

  private Object prepare(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    String sql = String.valueOf(arguments == null ? null : arguments[0]);
    // By all that makes it what it is: also whether it scrolls, holds, or gives keys.
    String key = arguments == null || arguments.length == 1 ? sql : Arrays.deepToString(arguments);
    PreparedStatement known = kept.statements().remove(key);
    var real =
        known != null ? known : (PreparedStatement) call(kept.connection(), method, arguments);
    open.put(real, key);
    return new LinkStatement(this, real, sql).proxy(PreparedStatement.class);
  }

  /** A statement that is not in use any more; kept for the next one of the same kind. */
  void done(PreparedStatement statement) throws SQLException {
    String key = open.remove(statement);
    if (key == null) {
      return;
    }
    statement.clearParameters();
    statement.clearBatch();
    if (kept.statements().putIfAbsent(key, statement) != null) {
      statement.close();
    }
  }

  /** Runs a statement as the step, or as a part of the step, that it is. */
  @Nullable Object execute(
      Statement real, Method method, @Nullable Object @Nullable [] arguments, @Nullable String sql)
      throws Throwable {
    requireUnbroken();
    if (!begun) {
      owner.step();
      requireUnbroken();
      server.requireReachable(owner, this);
    }
    begun = inTransaction;
    boolean writesAtOnce = !inTransaction && writes(sql == null ? text(arguments) : sql);
    if (writesAtOnce && server.losesCommit(owner)) {
      throw lost("the connection was lost; nothing took effect");
    }
    Object result;
    Link outer = server.speaking(this);
    try {
      result = call(real, method, arguments);
    } finally {
      server.speaking(outer);
    }
    if (writesAtOnce) {
      committed();
    }
    return result;
  }

  private static String text(@Nullable Object @Nullable [] arguments) {
    return arguments == null || arguments.length == 0 ? "" : String.valueOf(arguments[0]);
  }

  private static boolean writes(String sql) {
    String start = sql.stripLeading();
    start = start.substring(0, Math.min(6, start.length())).toLowerCase(Locale.ROOT);
    return start.equals("insert") || start.equals("update") || start.equals("delete");
  }

  private void commit() throws SQLException {
    requireUnbroken();
    if (!changes.isEmpty()) {
      owner.beforeCommit(this);
      requireUnbroken();
      if (server.losesCommit(owner)) {
        throw lost("the connection was lost at commit, which did not take effect");
      }
    }
    kept.connection().commit();
    begun = false;
    committed();
  }

  private void committed() throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    var done = List.copyOf(changes);
    changes.clear();
    server.committed(owner, done);
    if (server.losesAnswer(owner)) {
      throw lost("the connection was lost at commit, which took effect");
    }
  }

  private SQLException lost(String message) {
    breakOff();
    return new SQLException(message, "08006");
  }

  private void requireUnbroken() throws SQLException {
    if (!owner.alive()) {
      throw new ProcessDied(owner.name());
    }
    if (broken || closed) {
      throw new SQLException("the connection is broken", "08003");
    }
  }

  private void close() throws SQLException {
    if (!closed && !broken) {
      // What its owner keeps for as long as the connection lasts goes with it.
      for (PreparedStatement statement : List.copyOf(open.keySet())) {
        done(statement);
      }
      closed = true;
      changes.clear();
      server.give(kept);
      owner.closed(this);
    }
    closed = true;
  }

  static @Nullable Object call(
      Object target, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
