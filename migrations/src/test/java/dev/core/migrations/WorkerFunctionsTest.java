package dev.core.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker may do on Postgres, as the role that it has there. */
class WorkerFunctionsTest {
  private TestDatabase database;
  private Connection owner;
  private Connection worker;

  @BeforeEach
  void connect() throws SQLException {
    database = TestDatabases.postgres();
    AttemptRows.insert(database, "t", 2);
    owner = database.connect();
    worker = database.connect();
    Rows.run(worker, "set role corebot");
  }

  @AfterEach
  void close() throws SQLException {
    worker.close();
    owner.close();
    database.close();
  }

  @Test
  void workerMayNeitherReadNorWriteAnyTable() throws SQLException {
    var tables =
        Rows.of(
            owner,
            """
            select c.oid::regclass
            from pg_class c
            where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace::regnamespace::text not in
              ('pg_catalog', 'information_schema', 'pg_toast')
            """);
    assertThat(tables).hasSizeGreaterThan(28);

    for (var table : tables) {
      for (var sql :
          new String[] {
            "select 1 from %s", "delete from %s", "insert into %s default values",
          }) {
        assertThatThrownBy(() -> Rows.run(worker, sql.formatted(table.getFirst())))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void workerMayExecuteItsThreeFunctionsAndNoOther() throws SQLException {
    assertThat(executableAs("corebot")).containsExactly("claim", "finish", "renew");
    assertThat(executableAs("corebot_local"))
        .containsExactly(
            "claim",
            "finish",
            "local_beat",
            "local_end",
            "local_held",
            "local_stop",
            "local_take",
            "local_terminations",
            "renew");
  }

  private java.util.List<String> executableAs(String role) throws SQLException {
    return Rows.of(
            owner,
            """
            select p.proname
            from pg_proc p
            where p.pronamespace::regnamespace::text in ('configuration', 'execution', 'auditing', 'public')
              and has_function_privilege(?, p.oid, 'execute') and p.prorettype <> 'trigger'::regtype
            order by p.proname
            """,
            role)
        .stream()
        .map(java.util.List::getFirst)
        .toList();
  }

  @Test
  void manyWorkersLeaveConnectionsForTheLeader() throws SQLException {
    assertThat(Rows.value(owner, "select rolconnlimit from pg_roles where rolname = 'corebot'"))
        .isEqualTo("40");
  }

  @Test
  void oneClaimantGetsTheWorkOrderAsOftenAsItAsksAndNobodyElseDoes() throws SQLException {
    assertThat(claim("t", 0, "one")).isEqualTo("{\"order\": 1}");
    assertThat(claim("t", 0, "one")).isEqualTo("{\"order\": 1}");
    assertThat(claim("t", 0, "two")).isNull();
    assertThat(claim("t", 1, "two")).isEqualTo("{\"order\": 1}");
    assertThat(claim("t", 2, "two")).isNull();
    assertThat(claim("unknown", 0, "two")).isNull();

    assertThat(claimRow(0)).isEqualTo("one job-one true true 2 true");
  }

  @Test
  void firstMomentOfAClaimIsKeptWhenItIsRepeated() throws SQLException {
    claim("t", 0, "one");
    var first =
        Rows.value(owner, "select claimed_at from execution.claims where partition_index = 0");
    claim("t", 0, "one");
    assertThat(
            Rows.value(owner, "select claimed_at from execution.claims where partition_index = 0"))
        .isEqualTo(first);
  }

  @Test
  void renewalIsNewsOnlyIfTheProgressChanged() throws SQLException {
    claim("t", 0, "one");
    leaderHasRead();

    assertThat(renew("t", 0, "one", null)).isTrue();
    assertThat(news()).isEqualTo("1 false null");
    assertThat(renew("t", 0, "one", "5 of 10")).isTrue();
    assertThat(news()).isEqualTo("2 true 5 of 10");
    leaderHasRead();
    assertThat(renew("t", 0, "one", "5 of 10")).isTrue();
    assertThat(renew("t", 0, "one", null)).isTrue();
    assertThat(news()).isEqualTo("2 false 5 of 10");
    assertThat(renew("t", 0, "two", "6 of 10")).isFalse();
    assertThat(news()).isEqualTo("2 false 5 of 10");
  }

  @Test
  void outcomeIsWrittenOnceAndRepeatingItChangesNothing() throws SQLException {
    claim("t", 0, "one");

    assertThat(finish("t", 0, "two", "{}")).isFalse();
    assertThat(finish("t", 0, "one", "{\"first\": 1}")).isTrue();
    assertThat(finish("t", 0, "one", "{\"second\": 1}")).isTrue();

    assertThat(Rows.value(owner, "select outcome from execution.claims where partition_index = 0"))
        .isEqualTo("{\"first\": 1}");
    assertThat(news()).startsWith("2 true");
    assertThat(claim("t", 0, "one")).isNull();
    assertThat(renew("t", 0, "one", "x")).isFalse();
  }

  @Test
  void closedClaimRefusesEverything() throws SQLException {
    claim("t", 0, "one");
    Rows.run(owner, "update execution.claims set closed_at = execution.clock()");

    assertThat(claim("t", 0, "one")).isNull();
    assertThat(claim("t", 1, "two")).isNull();
    assertThat(renew("t", 0, "one", null)).isFalse();
    assertThat(finish("t", 0, "one", "{}")).isFalse();
  }

  @Test
  void outcomeThatWasWrittenBeforeTheCloseStaysWritten() throws SQLException {
    claim("t", 0, "one");
    finish("t", 0, "one", "{}");
    Rows.run(owner, "update execution.claims set closed_at = execution.clock()");

    assertThat(finish("t", 0, "one", "{}")).isTrue();
  }

  @Test
  void residentWorkerTakesJobsOfItsHostInTheirOrderAndEndsThem() throws SQLException {
    Rows.run(worker, "reset role");
    Rows.run(worker, "set role corebot_local");
    database.execute(
        """
        insert into execution.local_jobs (name, host, token, request)
        values ('a', 'here', 'ta', '{}'), ('b', 'there', 'tb', '{}'), ('c', 'here', 'tc', '{}'), ('d', 'here', 'td', '{}')
        """,
        "insert into execution.local_jobs (name, host, token, request, terminate_reason) values ('e', 'here', 'te', '{}', 'no')");

    Rows.run(worker, "select execution.local_beat('w', 'here', 12, 4)");
    Rows.run(worker, "select execution.local_beat('w', 'here', 12, 8)");
    assertThat(
            Rows.of(owner, "select id, host, pid, slots, stopped_at from execution.local_workers"))
        .containsExactly(java.util.Arrays.asList("w", "here", "12", "8", null));

    var take =
        "select job_id, token, partition_index, request from execution.local_take('w', 'here', ?)";
    assertThat(Rows.of(worker, take, 2))
        .containsExactly(
            java.util.List.of("1", "ta", "0", "{}"), java.util.List.of("3", "tc", "0", "{}"));
    assertThat(Rows.of(worker, take, 8)).containsExactly(java.util.List.of("4", "td", "0", "{}"));

    Rows.run(
        owner, "update execution.local_jobs set terminate_reason = 'cancelled' where id in (1, 2)");
    assertThat(Rows.of(worker, "select job_id, reason from execution.local_terminations('w')"))
        .containsExactly(java.util.List.of("1", "cancelled"));

    var end = "select execution.local_end(?, ?, ?, ?, ?)";
    assertThat(Rows.value(worker, end, "w", 1L, false, 143, "cancelled")).isEqualTo("t");
    assertThat(Rows.value(worker, end, "w", 1L, true, 0, null)).isEqualTo("f");
    assertThat(Rows.value(worker, end, "other", 3L, true, 0, null)).isEqualTo("f");
    assertThat(Rows.value(worker, end, "w", 3L, true, 0, null)).isEqualTo("t");
    assertThat(
            Rows.of(
                owner,
                "select status, exit_code, reason from execution.local_jobs where id in (1, 3) order by id"))
        .containsExactly(
            java.util.List.of("FAILED", "143", "cancelled"),
            java.util.Arrays.asList("SUCCEEDED", "0", null));

    Rows.run(worker, "select execution.local_stop('w')");
    assertThat(Rows.value(owner, "select stopped_at is not null from execution.local_workers"))
        .isEqualTo("t");
  }

  @Test
  void orchestratorMayDoItsWorkAndBecomeAWorker() throws SQLException {
    Rows.run(owner, "set role orchestrator");

    Rows.run(owner, "update execution.leadership set epoch = 1 where epoch = 0");
    Rows.run(owner, "insert into configuration.clients (name) values ('x')");
    Rows.run(owner, "delete from configuration.clients");
    assertThat(Rows.value(owner, "select count(*) from auditing.events")).isEqualTo("2");
    Rows.run(owner, "select version from public.core_migrations");
    assertThatThrownBy(() -> Rows.run(owner, "delete from auditing.events"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> Rows.run(owner, "drop table execution.pauses"))
        .hasMessageContaining("must be owner");
    assertThat(Rows.value(owner, "select pg_has_role('orchestrator', 'corebot_local', 'member')"))
        .isEqualTo("t");
  }

  @Test
  void configuratorOwnsEverything() throws SQLException {
    assertThat(
            Rows.of(
                owner,
                """
                select c.oid::regclass, c.relowner::regrole
                from pg_class c
                where c.relnamespace::regnamespace::text in ('configuration', 'execution', 'auditing')
                  and c.relowner <> 'configurator'::regrole
                """))
        .isEmpty();
  }

  private @Nullable String claim(String token, int partition, String claimant) throws SQLException {
    return Rows.value(
        worker,
        "select execution.claim(?, ?, ?, ?)",
        token,
        partition,
        "job-" + claimant,
        claimant);
  }

  private boolean renew(String token, int partition, String claimant, @Nullable String progress)
      throws SQLException {
    return "t"
        .equals(
            Rows.value(
                worker,
                "select execution.renew(?, ?, ?, ?)",
                token,
                partition,
                claimant,
                progress));
  }

  private boolean finish(String token, int partition, String claimant, String outcome)
      throws SQLException {
    return "t"
        .equals(
            Rows.value(
                worker,
                "select execution.finish(?, ?, ?, ?)",
                token,
                partition,
                claimant,
                outcome));
  }

  private void leaderHasRead() throws SQLException {
    Rows.run(owner, "update execution.claims set has_news = false");
  }

  private String news() throws SQLException {
    return Rows.value(
        owner,
        "select concat_ws(' ', version, has_news::text, coalesce(progress, 'null')) from execution.claims where partition_index = 0");
  }

  private String claimRow(int partition) throws SQLException {
    return Rows.value(
        owner,
        """
        select concat_ws(' ', claimant, job_id, (claimed_at is not null)::text,
          (renewed_at >= claimed_at)::text, version, has_news::text)
        from execution.claims where partition_index = ?
        """,
        partition);
  }
}
