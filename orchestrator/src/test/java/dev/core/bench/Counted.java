package dev.core.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/**
 * A data source that counts what is asked of it. A batch is one statement, however many rows it
 * has, because it is one round trip.
 */
public final class Counted {

  /** Executions and commits so far. */
  public record Counts(long statements, long transactions) {
    public Counts minus(Counts earlier) {
      return new Counts(statements - earlier.statements, transactions - earlier.transactions);
    }
  }

  private final LongAdder statements = new LongAdder();
  private final LongAdder transactions = new LongAdder();
  private final DataSource dataSource;

  public Counted(DataSource inner) {
    this.dataSource =
        wrap(
            DataSource.class,
            inner,
            (method, result) ->
                result instanceof Connection connection ? wrapped(connection) : result);
  }

  public DataSource dataSource() {
    return dataSource;
  }

  public Counts counts() {
    return new Counts(statements.sum(), transactions.sum());
  }

  private Connection wrapped(Connection inner) {
    return wrap(
        Connection.class,
        inner,
        (method, result) -> {
          if (method.getName().equals("commit")) {
            transactions.increment();
          }
          return result instanceof Statement statement
              ? wrapped(statement, inner, method.getReturnType())
              : result;
        });
  }

  private Object wrapped(Statement inner, Connection connection, Class<?> type) {
    return wrap(
        type,
        inner,
        (method, result) -> {
          if (method.getName().startsWith("execute")) {
            statements.increment();
            if (connection.getAutoCommit()) {
              transactions.increment();
            }
          }
          return result;
        });
  }

  private interface After {
    Object result(Method method, Object result) throws Exception;
  }

  private static <T> T wrap(Class<T> type, Object inner, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            Counted.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return after.result(method, method.invoke(inner, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
