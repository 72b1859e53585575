package dev.core.worker.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.protocol.jdbc.ExecutionRows;
import dev.core.common.protocol.jdbc.JdbcLocalJobs;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.worker.process.ChildProcesses;
import dev.core.worker.run.AttemptLogs;
import dev.core.worker.run.AttemptWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("local")
class ResidentTest {

  private static final Outcome DONE = Outcome.success(null, List.of());
  private static final ClaimSettings CLAIMS =
      new ClaimSettings(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(120));

  @TempDir Path folder;

  private final TestDatabase test = TestDatabases.h2();
  private final FlakySource source = new FlakySource(test.dataSource());
  private final Database database = Database.over(source, Dialect.H2);
  private final ExecutionRows rows =
      new ExecutionRows(Database.over(test.dataSource(), Dialect.H2).jdbi());
  private final JdbcLocalJobs jobs =
      new JdbcLocalJobs(database.jdbi(), Dialect.H2, new JdbcLocalJobs.Worker("w", "here", 4711));
  private final AtomicLong jumped = new AtomicLong();
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger atWork = new AtomicInteger();
  private FutureTask<Void> running;
  private Resident resident;

  @BeforeEach
  void start() {
    start((order, partition, progress) -> {
      atWork.incrementAndGet();
      goOn.await();
      return DONE;
    });
  }

  private void start(AttemptWork work) {
    var tools =
        new Tools(
            new JdbcWorkerProtocol(database.jdbi(), Dialect.H2),
            work,
            CLAIMS,
            AttemptLogs.install(),
            new ChildProcesses("test", folder),
            List.of("corebot"),
            folder,
            () -> System.nanoTime() + jumped.get());
    resident =
        new Resident(
            jobs,
            new Workload(tools),
            new Resident.Limits(2, Duration.ofMinutes(10)),
            tools,
            () -> false);
    running =
        new FutureTask<>(() -> {
          resident.run();
          return null;
        });
    Thread.ofPlatform().daemon().start(running);
  }

  @AfterEach
  void stop() throws Exception {
    resident.askToStop("the test is over");
    running.get();
    jobs.close();
    test.close();
  }

  @Test
  void takesNoMoreThanItHasSlotsAndReportsWhatEnded() {
    var queued = List.of(queued(1), queued(2), queued(3));
    await().until(() -> atWork.get() == 2);
    assertThat(rows.job(queued.get(2)).status()).isEqualTo("QUEUED");

    goOn.countDown();

    await()
        .untilAsserted(
            () -> assertThat(queued).allMatch(id -> rows.job(id).status().equals("SUCCEEDED")));
    assertThat(rows.claim(3).finished()).isTrue();
  }

  @Test
  void endsAreKeptWhileTheDatabaseIsAway() {
    long job = queued(1);
    await().until(() -> atWork.get() == 1);

    source.cut();
    goOn.countDown();
    await().until(() -> source.refused() > 2);
    source.mend();

    await().untilAsserted(() -> assertThat(rows.job(job).status()).isEqualTo("SUCCEEDED"));
  }

  @Test
  void aJobThatWasTakenWithoutAnAnswerIsFoundAndRun() {
    source.loseNextAnswers(1);
    long job = queued(1);
    goOn.countDown();

    await().untilAsserted(() -> assertThat(rows.job(job).status()).isEqualTo("SUCCEEDED"));
    assertThat(atWork).hasValue(1);
    assertThat(source.lost()).isEqualTo(1);
  }

  @Test
  void askedToStopItInterruptsItsJobsAndReportsThem() throws Exception {
    long job = queued(1);
    await().until(() -> atWork.get() == 1);

    resident.askToStop("the worker was asked to stop");
    running.get();

    assertThat(rows.job(job))
        .returns("FAILED", ExecutionRows.Job::status)
        .returns(WorkerExit.INFRASTRUCTURE.code(), ExecutionRows.Job::exitCode);
    assertThat(rows.claim(1).outcome()).contains("the worker was asked to stop");
  }

  @Test
  void endsByItselfWhenThereWasNothingToDoForLong() throws Exception {
    jumped.set(Duration.ofMinutes(11).toNanos());

    running.get();
  }

  @Test
  void eachJobHasItsLog() throws Exception {
    goOn.countDown();
    var log = folder.resolve("logs").resolve("job.log");
    rows.attempt(1, "t1", Json.write(ExecutionRows.order("shell", Map.of())));
    long job = rows.job("here", "t1", ExecutionRows.request(false, log.toString()));

    await().untilAsserted(() -> assertThat(rows.job(job).status()).isEqualTo("SUCCEEDED"));

    assertThat(Files.readString(log)).contains("starts").contains("succeeded");
  }

  private long queued(long attempt) {
    var token = "t" + attempt;
    rows.attempt(attempt, token, Json.write(ExecutionRows.order("shell", Map.of())));
    return rows.job("here", token, ExecutionRows.request(false, null));
  }
}
