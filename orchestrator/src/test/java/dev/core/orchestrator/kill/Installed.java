package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.database.TransientFailure;
import dev.core.common.process.LiveProcess;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.store.CommandQueue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * An installation of CORE in a folder, and this JVM as one of those who use its database. The
 * database is opened when it is asked for, so that others can be the first to.
 */
final class Installed implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Settings settings;
  private final Map<String, String> environment;
  final Programs programs;
  final Evidence evidence;
  private @Nullable Database database;
  private @Nullable Process server;

  /**
   * @param overrides settings, with the database among them unless it is the embedded one
   */
  Installed(Path folder, Map<String, String> overrides) {
    var short_ = new TreeMap<String, String>();
    short_.put("CORE_HOME", folder.resolve("home").toString());
    short_.put("CORE_HTTP_PORT", "0");
    short_.put("CORE_LOCAL_SLOTS", "4");
    short_.put("CORE_LEASE_SECONDS", "2");
    short_.put("CORE_CLAIM_RENEW_SECONDS", "1");
    short_.put("CORE_CLAIM_STOP_SECONDS", "20");
    short_.put("CORE_CLAIM_LEASE_SECONDS", "25");
    short_.put("CORE_INFRASTRUCTURE_ATTEMPTS", "50");
    short_.put("CORE_INFRASTRUCTURE_DELAY_SECONDS", "0");
    short_.putAll(overrides);
    this.environment = Map.copyOf(short_);
    this.settings = Settings.load(short_, folder);
    this.programs = new Programs(folder, short_);
    this.evidence = new Evidence(folder.resolve("evidence"));
    useDatabase(Configured::template);
  }

  /** Waves of that many tasks, whose words are {@code first}. */
  void pipeline(String name, int... widths) {
    useDatabase(handle -> {
      Configured.pipeline(handle, name);
      for (int wave = 0; wave < widths.length; wave++) {
        for (int i = 0; i < widths[wave]; i++) {
          var dataset = "%s_%d_%d".formatted(name, wave, i);
          Configured.task(handle, name, wave, dataset, evidence.task("first"));
        }
      }
    });
  }

  /** What its programs are told. */
  Map<String, String> environment() {
    return environment;
  }

  /** Starts {@code core server}; the last one must have ended. */
  void startServer() {
    assertThat(server == null || !server.isAlive()).isTrue();
    server = programs.core("server");
  }

  void killServer() {
    var running = server;
    assertThat(running).isNotNull();
    Programs.kill(running.toHandle());
  }

  /** Asks it to end, as a deployment does, and waits until it has. */
  void endServer() throws InterruptedException {
    var running = server;
    assertThat(running).isNotNull();
    running.destroy();
    assertThat(running.waitFor()).isZero();
  }

  long start(String pipeline) {
    var queued =
        withDatabase(opened ->
            queue(opened)
                .submit(
                    new Command.StartRun(pipeline, "manual", Map.of(), null),
                    UUID.randomUUID().toString(),
                    "tester"));
    var answer =
        awaited(
            "an answer",
            () ->
                withDatabase(opened ->
                    queue(opened).find(queued.id()).map(found -> found.answer()).orElse(null)));
    assertThat(answer.refused()).as(answer.message()).isFalse();
    var run = answer.runId();
    assertThat(run).isNotNull();
    return run;
  }

  void awaitSucceeded(long run) {
    awaited(
        "run " + run + " succeeded",
        () -> {
          var status = text("select status from execution.runs where id = " + run);
          assertThat(status).isNotIn("FAILED", "CANCELLED");
          return status.equals("SUCCEEDED") ? status : null;
        });
  }

  void awaitEvidence(int lines) {
    awaited("evidence", () -> evidence.size() >= lines ? true : null);
  }

  /** Resident workers that live. */
  List<ProcessHandle> workers() {
    return numbers("select pid from execution.local_workers where stopped_at is null").stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .filter(LiveProcess::isAlive)
        .toList();
  }

  List<ProcessHandle> awaitWorkers() {
    return awaited(
        "a worker",
        () -> {
          var workers = workers();
          return workers.isEmpty() ? null : workers;
        });
  }

  long number(String query) {
    return numbers(query).getFirst();
  }

  List<Long> numbers(String query) {
    return withHandle(handle -> handle.createQuery(query).mapTo(Long.class).list());
  }

  String text(String query) {
    return withHandle(handle -> handle.createQuery(query).mapTo(String.class).one());
  }

  void useDatabase(java.util.function.Consumer<Handle> use) {
    var _ =
        withHandle(handle -> {
          use.accept(handle);
          return true;
        });
  }

  /** In a transaction, tried again while the failure is one that passes. */
  <T> T withHandle(Function<Handle, T> use) {
    return withDatabase(opened -> opened.jdbi().inTransaction(use::apply));
  }

  /** Whoever is left has the database for itself. */
  void disconnect() {
    if (database != null) {
      database.close();
      database = null;
    }
  }

  private <T> T withDatabase(Function<Database, T> use) {
    return awaited(
        "the database",
        () -> {
          try {
            if (database == null) {
              database = Database.open(settings);
            }
            return use.apply(database);
          } catch (RuntimeException e) {
            if (TransientFailure.of(e).isPresent()) {
              return null;
            }
            throw e;
          }
        });
  }

  private <T> T awaited(String what, Callable<@Nullable T> look) {
    try {
      return await(what)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .pollInSameThread()
          .until(look, found -> found != null);
    } catch (org.awaitility.core.ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + programs.output(), e);
    }
  }

  private static CommandQueue queue(Database opened) {
    return new CommandQueue(opened.jdbi(), opened.dialect() == Dialect.POSTGRES);
  }

  @Override
  public void close() {
    try {
      var workers = workers();
      programs.killAll();
      workers.forEach(Programs::kill);
    } finally {
      disconnect();
    }
  }
}
