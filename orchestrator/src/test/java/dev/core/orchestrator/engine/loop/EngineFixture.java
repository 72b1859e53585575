package dev.core.orchestrator.engine.loop;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.core.bench.Counted;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.command.CommandAnswer;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.store.CommandQueue;
import dev.core.orchestrator.store.WhyQueries;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** A store, an engine over a scripted backend, and the steps that tests are written in. */
final class EngineFixture implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Much sooner than in an installation, for nothing here is far away. */
  Duration sweepEvery = Duration.ofMillis(50);

  /** What leaders ask of the database. */
  final Counted asked;

  private final TestDatabase testDatabase;
  private final HikariDataSource pool;
  final Database database;
  final ScriptedBackend backend;
  final CommandQueue commands;

  /** What is wrong with a pipeline; nothing, unless a test says so. */
  volatile StartCheck check = (_, _, _) -> List.of();

  private int tasksAtOnce = 1_000;
  private Leader leader;

  EngineFixture(TestDatabase testDatabase) {
    this.testDatabase = testDatabase;
    this.pool = new HikariDataSource();
    pool.setDataSource(testDatabase.dataSource());
    pool.setMaximumPoolSize(20);
    this.asked = new Counted(pool);
    this.database = Database.over(pool, Dialect.of(testDatabase.url()));
    this.backend = new ScriptedBackend(new JdbcWorkerProtocol(database.jdbi(), database.dialect()));
    this.commands = new CommandQueue(database.jdbi(), database.dialect() == Dialect.POSTGRES);
  }

  Jdbi jdbi() {
    return database.jdbi();
  }

  boolean isPostgres() {
    return database.dialect() == Dialect.POSTGRES;
  }

  /** What the next leader may have at the backend at once. */
  EngineFixture tasksAtOnce(int limit) {
    tasksAtOnce = limit;
    return this;
  }

  EngineFixture lead() {
    return lead(
        backend, new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(5)));
  }

  EngineFixture lead(ComputeBackend over, RetryPolicy policy) {
    leader =
        Leader.start(
            Database.over(asked.dataSource(), database.dialect()),
            over,
            (handle, pipeline, parameters) -> check.problems(handle, pipeline, parameters),
            new LeaderOptions(
                UUID.randomUUID().toString(),
                Duration.ofSeconds(5),
                policy,
                "main",
                "/nowhere",
                tasksAtOnce,
                sweepEvery),
            System::nanoTime);
    return this;
  }

  EngineFixture lead(RetryPolicy policy) {
    return lead(backend, policy);
  }

  /** Stops leading, and compares what was recorded of these runs with their rows. */
  void replays(RetryPolicy policy, long... runs) {
    stopLeading();
    jdbi()
        .useTransaction(handle -> {
          for (long run : runs) {
            Replay.check(handle, run, policy);
          }
        });
  }

  /** Sets a variable of a transformation, by the ids of records that {@link #pipeline} made. */
  void set(int transformation, String variable, String value) {
    jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                insert into configuration.transformation_variables
                  (transformation_id, name, text_value)
                values (?, ?, ?)
                """,
                transformation,
                variable,
                value));
  }

  void stopLeading() {
    leader.close();
  }

  /**
   * A pipeline whose every transformation has the template {@code work}.
   *
   * @param widths how many transformations each wave has; each wave is a state of its own
   */
  void pipeline(String name, int attempts, int... widths) {
    jdbi().useTransaction(handle -> WorkPipelines.insert(handle, name, attempts, widths));
  }

  /** A pipeline of one task, then so many at once, then one. */
  void wide(String name, int width) {
    jdbi().useTransaction(handle -> WorkPipelines.insertWide(handle, name, width));
  }

  /** Ends every attempt that nobody has claimed, as a worker would. */
  void succeedAll() {
    execute(
        """
        update execution.claims
        set claimant = 'tester', job_id = 'job', claimed_at = execution.clock(),
          renewed_at = execution.clock(), finished_at = execution.clock(), outcome = '%s',
          version = version + 1, has_news = true
        where claimant is null
        """
            .formatted(Json.write(Outcome.success(null, List.of()))));
  }

  /** Asks why things do not go on. */
  WhyQueries why() {
    return new WhyQueries(
        jdbi(),
        tasksAtOnce,
        new ClaimSettings(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(120)));
  }

  /** Edits as somebody with SQL does. */
  void execute(String... statements) {
    jdbi()
        .useTransaction(handle -> {
          for (String statement : statements) {
            handle.execute(statement);
          }
        });
  }

  long start(String pipeline) {
    CommandAnswer answer = ask(new Command.StartRun(pipeline, "manual", Map.of(), null));
    if (answer.refused() || answer.runId() == null) {
      throw new AssertionError(answer.message());
    }
    return answer.runId();
  }

  CommandAnswer ask(Command command) {
    try {
      var queued = commands.submit(command, UUID.randomUUID().toString(), "tester");
      return commands.await(queued.id(), PATIENCE).orElseThrow();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  String runStatus(long runId) {
    return text("select status from execution.runs where id = " + runId);
  }

  void awaitRun(long runId, String status) {
    awaitRun(runId, status, PATIENCE);
  }

  void awaitRun(long runId, String status, Duration patience) {
    await()
        .atMost(patience)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> runStatus(runId), status::equals);
  }

  /** Statuses of tasks with how many have each, such as {@code {SUCCEEDED=7}}. */
  Map<String, Integer> taskStatuses(long runId) {
    return jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    select status, count(*) as tasks from execution.tasks
                    where run_id = :run group by status
                    """)
                .bind("run", runId)
                .reduceRows(
                    new TreeMap<String, Integer>(),
                    (all, row) -> {
                      all.put(
                          row.getColumn("status", String.class),
                          row.getColumn("tasks", Integer.class));
                      return all;
                    }));
  }

  int number(String query) {
    return jdbi().withHandle(handle -> handle.createQuery(query).mapTo(Integer.class).one());
  }

  String text(String query) {
    return jdbi().withHandle(handle -> handle.createQuery(query).mapTo(String.class).one());
  }

  @Override
  public void close() {
    if (leader != null) {
      leader.close();
    }
    backend.close();
    pool.close();
    try {
      testDatabase.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
