package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.json.Json;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Two orchestrators on one Postgres, one of which leads until it is killed or stopped. */
@Tag("local")
class StandByOnPostgresTest {

  private static final long SEED = 20_261_122;

  /** Of a lock that this test takes to hold a leader up within a statement. */
  private static final long HERE = 4_711;

  /** Within which the next one is to lead, with the settings that are there by default. */
  private static final Duration TAKEOVER = Duration.ofSeconds(10);

  // Processes that were just killed may still be writing there.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final TestDatabase postgres = TestDatabases.postgres();
  private Installed core;
  private Servers servers;

  /**
   * @param lease empty: the default
   */
  private void install(String lease) throws SQLException {
    KillOnPostgresTest.logins(postgres);
    // Whoever writes an event must be who leads at that moment.
    postgres.execute(
        "create table public.intruders (epoch bigint, leaders_epoch bigint)",
        "grant select on public.intruders to public",
        """
        create function public.find_intruders() returns trigger language plpgsql security definer as $$
        begin
          insert into public.intruders
          select distinct w.epoch, l.epoch from written w, execution.leadership l
          where w.epoch is distinct from l.epoch;
          return null;
        end $$
        """,
        """
        create trigger find_intruders after insert on execution.events
        referencing new table as written for each statement execute function public.find_intruders()
        """,
        """
        create function public.stop_here() returns trigger language plpgsql security definer as $$
        begin
          perform pg_advisory_xact_lock_shared(%d);
          return null;
        end $$
        """
            .formatted(HERE),
        """
        create trigger stop_here after update on execution.tasks
        for each statement execute function public.stop_here()
        """);
    var settings = new TreeMap<>(KillOnPostgresTest.settings(postgres));
    settings.put("CORE_LEASE_SECONDS", lease);
    core = new Installed(folder, settings);
    servers = new Servers(core);
  }

  @AfterEach
  void remove() throws SQLException {
    try (postgres;
        var _ = core;
        var _ = servers) {
      // Wake who is stopped, kill all, drop the database.
    }
  }

  @Test
  void whenTheLeaderIsKilledTheNextOneLeadsWithinTenSecondsAndTheRunSucceeds() throws Exception {
    install("");
    core.pipeline("kills", 3, 3, 2);
    var first = servers.start();
    var second = servers.start();
    var leader = servers.awaitLeader();
    var standBy = leader == first ? second : first;
    servers.awaitRole(leader, "leader");
    servers.awaitRole(standBy, "stand_by");

    // Whoever stands by serves too.
    long run = servers.startRun(standBy, "kills");
    assertThat(servers.get(standBy, "api/ready").path("leader").path("holder").asText())
        .contains("/" + leader.pid() + "/");
    var status = servers.get(standBy, "api/status");
    assertThat(status.path("standing_by").path(0).path("holder").asText())
        .contains("/" + standBy.pid() + "/");
    core.awaitEvidence(2);
    long epoch = servers.epoch();

    Programs.kill(leader.toHandle());
    long killed = System.nanoTime();
    var next = servers.awaitLeaderAfter(epoch);
    var took = Duration.ofNanos(System.nanoTime() - killed);

    assertThat(next).isSameAs(standBy);
    assertThat(took).isLessThan(TAKEOVER);
    assertThat(Json.tree(command("status", "--json")).path("leader").path("epoch").asLong())
        .isEqualTo(epoch + 1);
    core.awaitSucceeded(run);
    new Effects(core).areOnceAndWhole(run);
    onlyWhoLedHasWritten(2);
  }

  @Test
  void aLeaderThatIsStoppedAndWokenWritesNothingAnyMoreAndHoldsNobodyUp() throws Exception {
    install("3");
    core.pipeline("kills", 3, 4, 2, 4);
    servers.start();
    servers.start();
    servers.awaitLeader();
    long run = core.start("kills");
    core.awaitEvidence(1);

    stoppedBetweenTwoStatementsOfATransaction();
    stoppedWithinAStatement();
    var random = new Random(SEED);
    for (int times = 0; times < 2; times++) {
      await().pollDelay(Duration.ofMillis(random.nextInt(400))).until(() -> true);
      var stopped = servers.awaitLeader();
      overtaken(stopped, () -> Servers.stop(stopped));
    }

    core.awaitSucceeded(run);
    new Effects(core).areOnceAndWhole(run);
    onlyWhoLedHasWritten(2);
  }

  /** The server waits for the client, which is stopped and has the row of leadership locked. */
  private void stoppedBetweenTwoStatementsOfATransaction() throws SQLException {
    try (var connection = postgres.connect();
        var gate = connection.createStatement()) {
      gate.execute("select pg_advisory_lock(%d)".formatted(HERE));
      var leader = awaitHeldUp();
      overtaken(
          leader,
          () -> {
            Servers.stop(leader);
            execute(gate, "select pg_advisory_unlock(%d)".formatted(HERE));
            await("a transaction that nobody goes on with")
                .atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(10))
                .until(() ->
                    core.number(
                            """
                            select count(*) from pg_stat_activity
                            where datname = current_database() and usename = 'kill_orchestrator'
                              and state = 'idle in transaction'
                            """)
                        == 1);
            assertThat(core.numbers("select id from execution.leadership for update skip locked"))
                .as("the row of leadership is locked")
                .isEmpty();
          });
    }
  }

  /** The server is at work for a client that is stopped. */
  private void stoppedWithinAStatement() throws SQLException {
    try (var connection = postgres.connect();
        var gate = connection.createStatement()) {
      gate.execute("select pg_advisory_lock(%d)".formatted(HERE));
      var leader = awaitHeldUp();
      overtaken(
          leader,
          () -> {
            Servers.stop(leader);
            // Once its statement is ended, nobody else shall be held up here.
            await("the end of the statement")
                .atMost(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> heldUp() == 0);
            execute(gate, "select pg_advisory_unlock(%d)".formatted(HERE));
          });
    }
  }

  private Process awaitHeldUp() {
    await("a leader that is held up")
        .atMost(Installed.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> heldUp() == 1);
    return servers.awaitLeader();
  }

  private long heldUp() {
    return core.number(
        """
        select count(*) from pg_stat_activity
        where datname = current_database() and usename = 'kill_orchestrator'
          and wait_event_type = 'Lock' and wait_event = 'advisory'
        """);
  }

  /** From the stop on, until the other one leads and the stopped one stands by to it. */
  private void overtaken(Process leader, Runnable stop) {
    long epoch = servers.epoch();
    long stopped = System.nanoTime();
    stop.run();
    var next = servers.awaitLeaderAfter(epoch);
    assertThat(next).isSameAs(servers.other(leader));
    assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(TAKEOVER);
    Servers.wake(leader);
    servers.awaitRole(leader, "stand_by");
    assertThat(servers.epoch()).isEqualTo(epoch + 1);
  }

  private void onlyWhoLedHasWritten(int epochsAtLeast) {
    assertThat(core.number("select count(*) from public.intruders")).isZero();
    assertThat(
            core.number(
                """
                select count(*) from execution.events earlier
                join execution.events later on later.id > earlier.id
                where later.epoch < earlier.epoch or later.at < earlier.at
                """))
        .isZero();
    assertThat(core.number("select count(distinct epoch) from execution.events"))
        .isGreaterThanOrEqualTo(epochsAtLeast);
    assertThat(core.number("select count(*) from execution.events where epoch is null")).isZero();
  }

  private String command(String... arguments) throws InterruptedException {
    var process = core.programs.core(arguments);
    assertThat(process.waitFor()).isZero();
    return core.programs.output(process);
  }

  private static void execute(java.sql.Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
