package dev.core.orchestrator.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** A statement of a {@link Link}. */
final class LinkStatement implements InvocationHandler {

  private final Link link;
  private final Statement real;
  private final @Nullable String sql;
  private boolean closed;

  /**
   * @param sql null: it is not prepared
   */
  LinkStatement(Link link, Statement real, @Nullable String sql) {
    this.link = link;
    this.real = real;
    this.sql = sql;
  }

  Object proxy(Class<? extends Statement> type) {
    return Proxy.newProxyInstance(Link.class.getClassLoader(), new Class<?>[] {type}, this);
  }

  @Override
  public @Nullable Object invoke(
      Object self, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    String name = method.getName();
    if (name.startsWith("execute")) {
      return link.execute(real, method, arguments, sql);
    }
    switch (name) {
      case "close" -> {
        if (!closed) {
          closed = true;
          if (real instanceof PreparedStatement prepared && sql != null) {
            link.done(prepared);
          } else {
            real.close();
          }
        }
        return null;
      }
      case "isClosed" -> {
        return closed;
      }
      case "getConnection" -> {
        return link.connection();
      }
      case "hashCode" -> {
        return System.identityHashCode(self);
      }
      case "equals" -> {
        return arguments != null && arguments[0] == self;
      }
      case "toString" -> {
        return "statement " + sql;
      }
      default -> {
        return Link.call(real, method, arguments);
      }
    }
  }
}
