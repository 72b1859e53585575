package dev.core.common.protocol.jdbc;

import dev.core.common.database.Dialect;
import dev.core.common.protocol.jdbc.JdbcLocalJobs.Worker;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a resident worker does with {@code local_jobs} and {@code local_workers}, in one dialect;
 * runs in the transaction of the handle and commits nothing itself.
 */
sealed interface LocalStatements permits H2Local, PostgresLocal {

  static LocalStatements of(Dialect dialect) {
    return switch (dialect) {
      case POSTGRES -> new PostgresLocal();
      case H2 -> new H2Local();
    };
  }

  /** A sign of life; the first one introduces the worker. */
  void beat(Handle handle, Worker worker, int slots);

  /** Says that the worker takes nothing more. */
  void stop(Handle handle, String workerId);

  /** Makes queued jobs of the host this worker's, oldest first. */
  List<Row> take(Handle handle, String workerId, String host, int max);

  /** All jobs that are this worker's and have not ended. */
  List<Row> held(Handle handle, String workerId);

  /** Those of its jobs that somebody wants ended. */
  List<Termination> terminations(Handle handle, String workerId);

  /** Ends jobs; one that has ended already stays as it is. */
  void end(Handle handle, String workerId, List<End> ends);

  /** How a job ended. */
  record End(long jobId, int exitCode, @Nullable String reason) {
    boolean succeeded() {
      return exitCode == 0;
    }
  }

  /** A row of {@code local_jobs}. */
  record Row(long id, String token, int partitionIndex, String request) {}
}
