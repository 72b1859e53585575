package dev.core.orchestrator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.database.TransientFailure;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** A leader that is stopped within a transaction has the row of leadership locked. */
class JournalSessionTest {

  private static final Duration LEASE = Duration.ofSeconds(1);

  @Test
  void aTransactionWithNothingGoingOnIsEndedAndNobodyIsHeldUp() throws Exception {
    try (var testDatabase = TestDatabases.postgres();
        var database = Database.over(testDatabase.dataSource(), Dialect.POSTGRES)) {
      var stopped = JournalSession.open(database, LEASE);
      lockLeadership(stopped.handle());
      long start = System.nanoTime();

      awaitTakeover(database);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LEASE);
      assertThatThrownBy(() -> Leadership.renew(stopped.handle(), 1, LEASE))
          .matches(failure -> TransientFailure.of(failure).isPresent());
    }
  }

  @Test
  void aTransactionIsEndedWithTheLeaseHoweverBusyItIs() throws Exception {
    try (var testDatabase = TestDatabases.postgres();
        var database = Database.over(testDatabase.dataSource(), Dialect.POSTGRES)) {
      var busy = JournalSession.open(database, LEASE);
      lockLeadership(busy.handle());
      var failure = new AtomicReference<RuntimeException>();

      await()
          .atMost(LEASE.multipliedBy(5))
          .pollInterval(LEASE.dividedBy(10))
          .until(() -> {
            try {
              busy.handle().execute("select 1");
              return false;
            } catch (RuntimeException e) {
              failure.set(e);
              return true;
            }
          });

      assertThat(failure.get()).hasMessageContaining("transaction timeout");
      assertThat(TransientFailure.of(failure.get())).contains(TransientFailure.CONNECTION_LOST);
      awaitTakeover(database);
    }
  }

  @Test
  void aStatementIsEndedBeforeTheLease() throws Exception {
    try (var testDatabase = TestDatabases.postgres();
        var database = Database.over(testDatabase.dataSource(), Dialect.POSTGRES);
        var session = JournalSession.open(database, LEASE)) {
      lockLeadership(session.handle());

      assertThatThrownBy(() -> session.handle().execute("select pg_sleep(5)"))
          .hasMessageContaining("statement timeout");
      awaitTakeover(database);
    }
  }

  @BothDatabases
  void whoStandsByDoesNotWaitForALockedRow(TestDatabase testDatabase) throws Exception {
    try (testDatabase;
        var database = Database.over(testDatabase.dataSource(), Dialect.of(testDatabase.url()));
        var locking = database.jdbi().open()) {
      locking.begin();
      locking.execute("update execution.leadership set epoch = epoch + 1");

      var epoch =
          database
              .jdbi()
              .inTransaction(handle -> Leadership.acquire(handle, "second", Duration.ofSeconds(8)));

      assertThat(epoch).isEmpty();
      locking.rollback();
      assertThat(
              database
                  .jdbi()
                  .<java.util.Optional<Long>, RuntimeException>inTransaction(
                      handle -> Leadership.acquire(handle, "second", Duration.ofSeconds(8))))
          .contains(1L);
    }
  }

  /** As the first statement of everything that a leader writes does. */
  /** It plans once, and does so while its tables are empty. */
  @Test
  void aTaskIsFoundByItsKeyAndNotAmongAllOfItsRunAlsoIfTheTableWasEmpty() throws Exception {
    try (var testDatabase = TestDatabases.postgres();
        var database = Database.over(testDatabase.dataSource(), Dialect.POSTGRES);
        var session = JournalSession.open(database, LEASE)) {
      var plan =
          session
              .handle()
              .createQuery(
                  """
                  explain update execution.tasks t set status = v.status
                  from unnest(cast(:s as text[]), cast(:r as bigint[]), cast(:i as integer[]))
                    as v (status, run_id, task_index)
                  where t.run_id = v.run_id and t.task_index = v.task_index
                  """)
              .bind("s", "{READY}")
              .bind("r", "{1}")
              .bind("i", "{1}")
              .mapTo(String.class)
              .list();

      assertThat(String.join("\n", plan))
          .contains("Index Cond: ((run_id = v.run_id) AND (task_index = v.task_index))");
    }
  }

  private static void lockLeadership(Handle handle) {
    handle.begin();
    handle.execute("update execution.leadership set expires_at = execution.clock()");
  }

  private static void awaitTakeover(Database database) {
    await()
        .atMost(LEASE.multipliedBy(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            database
                .jdbi()
                .<java.util.Optional<Long>, RuntimeException>inTransaction(
                    handle -> Leadership.acquire(handle, "second", LEASE))
                .isPresent());
  }
}
