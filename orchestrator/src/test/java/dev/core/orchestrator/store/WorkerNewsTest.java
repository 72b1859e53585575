package dev.core.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Dialect;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WorkerNewsTest {

  private static final int HISTORY = 20_000;

  /** H2 plans anew when it has counted what its tables hold, and takes a flag for a bad index. */
  @Test
  void onH2ALookReadsNothingOfTheAttemptsThatEndedLongAgo() throws SQLException {
    try (var database = TestDatabases.h2()) {
      database.execute(
          "set referential_integrity false",
          """
          insert into execution.attempts (id, run_id, task_index, number, token, job_name, mode,
            queue, definition_revision, work_order, status, intended_at)
          select n, 1, n, 1, concat('t', n), 'job', 'local', 'q', 'd', '{}', 'SUCCEEDED',
            execution.clock()
          from generate_series(1, %d) as g (n)
          """
              .formatted(HISTORY),
          """
          insert into execution.claims (attempt_id, partition_index, token, has_news)
          select id, 0, token, false from execution.attempts
          """,
          "analyze");

      assertThat(rowsRead(database)).isLessThan(20);
    }
  }

  private static int rowsRead(TestDatabase database) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement();
        var plan = statement.executeQuery("explain analyze " + WorkerNews.newest(Dialect.H2))) {
      assertThat(plan.next()).isTrue();
      return Pattern.compile("scanCount: (\\d+)")
          .matcher(plan.getString(1))
          .results()
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .sum();
    }
  }
}
