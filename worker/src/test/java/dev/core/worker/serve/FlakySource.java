package dev.core.worker.serve;

import dev.core.migrations.testing.WrappedSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database that can be cut off, and whose answer to a commit can get lost. */
final class FlakySource extends WrappedSource {

  private final AtomicInteger answersToLose = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile boolean cut;

  FlakySource(DataSource source) {
    super(source);
  }

  void cut() {
    cut = true;
  }

  void mend() {
    cut = false;
  }

  /** The next commits of something take effect and then fail. */
  void loseNextAnswers(int count) {
    answersToLose.set(count);
  }

  int refused() {
    return refused.get();
  }

  int lost() {
    return lost.get();
  }

  @Override
  public Connection getConnection() throws SQLException {
    refuseIfCut();
    var connection = wrapped().getConnection();
    var wrote = new AtomicInteger();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              var name = method.getName();
              if (name.equals("prepareStatement") || name.equals("commit")) {
                refuseIfCut();
              }
              if (name.equals("prepareStatement")
                  && ((String) arguments[0]).startsWith("update execution.claims")) {
                wrote.incrementAndGet();
              }
              try {
                var answer = method.invoke(connection, arguments);
                if (name.equals("commit") && wrote.getAndSet(0) > 0) {
                  loseAnswer();
                }
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void loseAnswer() throws SQLException {
    if (answersToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      lost.incrementAndGet();
      throw new SQLException("the connection broke", "08006");
    }
  }

  private void refuseIfCut() throws SQLException {
    if (cut) {
      refused.incrementAndGet();
      throw new SQLException("the database is away", "08001");
    }
  }
}
