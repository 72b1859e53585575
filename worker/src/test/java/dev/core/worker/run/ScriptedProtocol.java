package dev.core.worker.run;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerProtocol;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A protocol without a database: one attempt, and a connection that can be cut. */
final class ScriptedProtocol implements WorkerProtocol {

  final List<String> progress = new CopyOnWriteArrayList<>();
  volatile @Nullable WorkOrder order;
  volatile @Nullable Outcome outcome;
  volatile boolean away;
  volatile boolean closed;
  volatile int renewals;
  volatile int calls;

  ScriptedProtocol(@Nullable WorkOrder order) {
    this.order = order;
  }

  @Override
  public @Nullable WorkOrder claim(String token, int partition, String jobId, String claimant) {
    answer();
    return closed ? null : order;
  }

  @Override
  public boolean renew(String token, int partition, String claimant, @Nullable String said) {
    answer();
    renewals++;
    if (said != null) {
      progress.add(said);
    }
    return !closed;
  }

  @Override
  public boolean finish(String token, int partition, String claimant, Outcome said) {
    answer();
    if (!closed) {
      outcome = said;
    }
    return !closed;
  }

  private void answer() {
    calls++;
    if (away) {
      throw new IllegalStateException(new SQLException("connection refused", "08001"));
    }
  }
}
