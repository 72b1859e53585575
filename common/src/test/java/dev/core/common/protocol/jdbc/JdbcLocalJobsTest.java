package dev.core.common.protocol.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkerExit;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class JdbcLocalJobsTest {

  private static final String ORDER = Json.write(ExecutionRows.order("shell", Map.of()));
  private static final Outcome DONE = Outcome.success(null, List.of());

  private TestDatabase database;
  private ExecutionRows rows;
  private JdbcLocalJobs jobs;

  private void given(TestDatabase test) {
    database = test;
    rows = new ExecutionRows(Database.over(test.dataSource(), dialect()).jdbi());
    jobs = worker("w1");
    for (long attempt = 1; attempt <= 3; attempt++) {
      rows.attempt(attempt, "t" + attempt, ORDER);
    }
  }

  private Dialect dialect() {
    return database.isPostgres() ? Dialect.POSTGRES : Dialect.H2;
  }

  private JdbcLocalJobs worker(String id) {
    return new JdbcLocalJobs(
        WorkerConnection.as("corebot_local", database).jdbi(),
        dialect(),
        new JdbcLocalJobs.Worker(id, "here", 4711));
  }

  private long queued(String token) {
    return rows.job("here", token, ExecutionRows.request(false, null));
  }

  @AfterEach
  void drop() throws Exception {
    database.close();
  }

  @BothDatabases
  void takingClaimsInTheSameStepOldestFirst(TestDatabase test) {
    given(test);
    long first = queued("t1");
    long second = queued("t2");
    rows.job("elsewhere", "t3", ExecutionRows.request(false, null));

    var one = jobs.exchange(List.of(), 1);
    var rest = worker("w2").exchange(List.of(), 8);

    assertThat(one).extracting(TakenJob::id).containsExactly(first);
    assertThat(one).extracting(TakenJob::workOrder).containsExactly(ORDER);
    assertThat(rest).extracting(TakenJob::id).containsExactly(second);
    assertThat(rows.claim(1))
        .returns("w1-" + first, ExecutionRows.Claim::claimant)
        .returns(String.valueOf(first), ExecutionRows.Claim::jobId);
    assertThat(rows.job(first))
        .returns("RUNNING", ExecutionRows.Job::status)
        .returns("w1", ExecutionRows.Job::workerId);
  }

  @BothDatabases
  void aTwinIsRefusedAlsoWithinOneWorker(TestDatabase test) {
    given(test);
    queued("t1");
    queued("t1");

    assertThat(jobs.exchange(List.of(), 8))
        .extracting(TakenJob::refused)
        .containsExactly(false, true);
  }

  @BothDatabases
  void isolatedJobsAreLeftToClaimForThemselves(TestDatabase test) {
    given(test);
    rows.job("here", "t1", ExecutionRows.request(true, null));

    var taken = jobs.exchange(List.of(), 8);

    assertThat(taken).extracting(TakenJob::refused).containsExactly(false);
    assertThat(rows.claim(1).claimed()).isFalse();
  }

  @BothDatabases
  void anEndIsReportedWithItsOutcomeAndMayBeSaidTwice(TestDatabase test) {
    given(test);
    long job = queued("t1");
    var ended = List.of(EndedJob.with(DONE, jobs.exchange(List.of(), 8).getFirst()));

    jobs.exchange(ended, 8);
    jobs.exchange(ended, 0);

    assertThat(rows.claim(1).outcome()).isEqualTo(Json.write(DONE));
    assertThat(rows.job(job))
        .returns("SUCCEEDED", ExecutionRows.Job::status)
        .returns(0, ExecutionRows.Job::exitCode);
  }

  @BothDatabases
  void anOutcomeOnAClosedClaimDoesNotCount(TestDatabase test) {
    given(test);
    long job = queued("t1");
    var taken = jobs.exchange(List.of(), 8).getFirst();
    rows.close(1);

    jobs.exchange(List.of(EndedJob.with(DONE, taken)), 0);

    assertThat(rows.claim(1).outcome()).isNull();
    assertThat(rows.job(job))
        .returns("FAILED", ExecutionRows.Job::status)
        .returns(WorkerExit.CLAIM_LOST.code(), ExecutionRows.Job::exitCode);
  }

  @BothDatabases
  void whatWasTakenIsFoundAgain(TestDatabase test) {
    given(test);
    queued("t1");
    var taken = jobs.exchange(List.of(), 8);

    assertThat(jobs.held()).isEqualTo(taken);
    assertThat(worker("w2").held()).isEmpty();
  }

  @BothDatabases
  void aRequestThatNobodyCanReadEndsItsJob(TestDatabase test) {
    given(test);
    long job = rows.job("here", "t1", "nonsense");

    assertThat(jobs.exchange(List.of(), 8)).isEmpty();
    assertThat(rows.job(job))
        .returns("FAILED", ExecutionRows.Job::status)
        .returns(WorkerExit.CONFIGURATION.code(), ExecutionRows.Job::exitCode);
  }

  @BothDatabases
  void terminationsAreSeenByTheWorkerThatRunsTheJob(TestDatabase test) throws Exception {
    given(test);
    long job = queued("t1");
    jobs.exchange(List.of(), 8);
    test.execute("update execution.local_jobs set terminate_reason = 'enough'");

    assertThat(jobs.terminations()).containsExactly(new Termination(job, "enough"));
    assertThat(worker("w2").terminations()).isEmpty();
  }

  @BothDatabases
  void aWorkerBeatsAndStops(TestDatabase test) {
    given(test);

    jobs.beat(2);
    jobs.beat(4);
    assertThat(rows.workers()).containsExactly("w1");
    jobs.stop();
    assertThat(rows.workers()).isEmpty();
  }
}
