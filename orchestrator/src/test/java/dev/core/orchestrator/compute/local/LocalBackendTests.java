package dev.core.orchestrator.compute.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.process.LiveProcess;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.jdbc.ExecutionRows;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.LiveJobsContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The local backend with real workers; each database has its own subclass. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("local")
abstract class LocalBackendTests extends LiveJobsContract {

  private Path home;
  private Database database;
  private LocalBackend backend;
  private ExecutionRows rows;

  /** What names the database, if it is not the embedded default. */
  abstract Map<String, String> databaseSettings();

  /** Removes the database, when nobody uses it any more. */
  abstract void drop();

  @BeforeAll
  void start(@TempDir Path folder) {
    home = folder;
    var environment = new java.util.HashMap<>(databaseSettings());
    environment.put("CORE_HOME", home.toString());
    environment.put("CORE_LOCAL_SLOTS", "4");
    var settings = Settings.load(environment, home);
    database = Database.open(settings);
    rows = new ExecutionRows(database.jdbi());
    backend = LocalBackend.of(settings, database);
  }

  @AfterAll
  void stop() {
    var workers = workers();
    workers.forEach(ProcessHandle::destroyForcibly);
    // They write below the folder, which is about to be deleted.
    workers.forEach(worker -> worker.onExit().join());
    backend.close();
    database.close();
    drop();
  }

  @Override
  protected ComputeBackend backend() {
    return backend;
  }

  @Override
  protected ExecutionRows rows() {
    return rows;
  }

  @Override
  protected String queue() {
    return LocalBackend.RESIDENT;
  }

  @Test
  void aJobIsReportedAsLostWhenItsWorkerIsKilledAndItsChildDiesToo() {
    var job = submitted("echo $$ > " + home.resolve("child") + "; sleep 600");
    var child = awaitChild();

    workers().forEach(ProcessHandle::destroyForcibly);

    await().atMost(Duration.ofSeconds(5)).until(() -> !LiveProcess.isAlive(child));
    var report = awaitEnd(job);
    assertThat(report)
        .returns(Status.FAILED, JobReport::status)
        .returns(FailureClass.INFRASTRUCTURE, JobReport::failureClass);
    assertThat(report.reason()).startsWith("the worker that ran it");
    assertThat(awaitEnd(submitted("true"))).returns(Status.SUCCEEDED, JobReport::status);
  }

  @Test
  void aWorkerThatIsAskedToStopReportsItsAttempts() {
    var job = submitted("echo $$ > " + home.resolve("child") + "; sleep 600");
    var child = awaitChild();

    workers().forEach(ProcessHandle::destroy);

    assertThat(awaitEnd(job)).returns(FailureClass.INFRASTRUCTURE, JobReport::failureClass);
    assertThat(outcome(job).failure().message()).isEqualTo("the worker was asked to stop");
    assertThat(LiveProcess.isAlive(child)).isFalse();
  }

  @Test
  void anIsolatedJobRunsInAProcessOfItsOwn() {
    var first = submitted("echo parent $PPID");
    var second = submitted("echo parent $PPID");
    var isolated = submitted(order("echo parent $PPID", 300), LocalBackend.ISOLATED);

    assertThat(awaitEnd(isolated)).returns(Status.SUCCEEDED, JobReport::status);
    assertThat(parent(second)).isEqualTo(parent(first));
    assertThat(parent(isolated)).isNotEqualTo(parent(first));
  }

  private String parent(Submitted job) {
    awaitEnd(job);
    return backend.logs(job.jobId(), null).lines().stream()
        .filter(line -> line.contains("parent "))
        .map(line -> line.replaceFirst(".*parent ", "").strip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aTerminatedIsolatedJobWritesItsOutcome() {
    var job =
        submitted(
            order("echo $$ > " + home.resolve("child") + "; sleep 600", 300),
            LocalBackend.ISOLATED);
    var child = awaitChild();

    backend.terminate(List.of(job.jobId()), "enough");

    assertThat(awaitEnd(job)).returns(FailureClass.INFRASTRUCTURE, JobReport::failureClass);
    assertThat(outcome(job).failure().failureClass()).isEqualTo(FailureClass.INFRASTRUCTURE);
    assertThat(LiveProcess.isAlive(child)).isFalse();
  }

  @Test
  void aQueuedJobIsTerminatedAtOnce() {
    var busy = new java.util.ArrayList<Submitted>();
    for (int i = 0; i < 4; i++) {
      busy.add(submitted("sleep 600"));
    }
    busy.forEach(job -> awaitStatus(job, Status.RUNNING));
    var queued = submitted("true");

    backend.terminate(List.of(queued.jobId()), "enough");

    assertThat(describe(queued))
        .returns(Status.FAILED, JobReport::status)
        .returns("enough", JobReport::reason);
    assertThat(backend.jobsAtOnce()).isEqualTo(20);
    backend.terminate(busy.stream().map(Submitted::jobId).toList(), "over");
    busy.forEach(this::awaitEnd);
    assertThat(rows.claim(queued.attempt()).claimed()).isFalse();
  }

  private ProcessHandle awaitChild() {
    var file = home.resolve("child");
    await().atMost(patience()).until(() -> Files.exists(file) && Files.size(file) > 0);
    try {
      var pid = Long.parseLong(Files.readString(file).strip());
      Files.delete(file);
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ProcessHandle> workers() {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select pid from execution.local_workers where stopped_at is null")
                .mapTo(Long.class)
                .list())
        .stream()
        .flatMap(pid -> ProcessHandle.of(pid).stream())
        .toList();
  }
}
