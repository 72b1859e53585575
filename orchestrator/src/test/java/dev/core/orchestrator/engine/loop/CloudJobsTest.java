package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.Delays;
import dev.core.emulator.batch.EventQueue;
import dev.core.emulator.batch.ScriptedContainers;
import dev.core.emulator.servers.QueueServer;
import dev.core.emulator.wire.Faults;
import dev.core.emulator.wire.Faults.Fault;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.compute.cloud.EmulatedCloud;
import dev.core.orchestrator.engine.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine over the cloud backend, over the wire, with thousands of jobs. */
@Tag("cloud")
@Timeout(300)
class CloudJobsTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(60));
  private static final int ACCOUNTS_RATE = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(200);

  @Test
  void aThousandJobsTakeEffectOnceEachWhateverTheNetworkDoes() throws Exception {
    int jobs = 1_000;
    int rate = 250;
    var options = new AwsEmulator.Options(0, 10, Delays.brief(), rate, 4);
    try (var scripted = new ScriptedJobs(false);
        var queues = QueueServer.start(0);
        var cloud = new EmulatedCloud(options, new ScriptedContainers(scripted), 200);
        var engine = new EngineFixture(TestDatabases.postgres())) {
      var aws = cloud.aws();
      URI events = queues.create("events");
      aws.batch()
          .onEvent(new EventQueue(aws.time(), aws.faults(), queues.url(), events.toString()));
      cloud.publish(Map.of());
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      aws.faults()
          .rates(
              new Faults.Rates(
                  0.10, 0.01, 0.01, 0.05, Duration.ofSeconds(5), 0.3, Duration.ofSeconds(20)));
      engine.tasksAtOnce(jobs).pipeline("wide", 1, jobs);
      try (var backend = cloud.backend(rate, events)) {
        engine.lead(backend, POLICY);
        Instant from = Instant.now();
        long run = engine.start("wide");
        engine.awaitRun(run, "SUCCEEDED", PATIENCE);
        aws.faults().rates(Faults.Rates.none());

        assertThat(scripted.effects()).hasSize(jobs).containsOnly(1);
        assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(jobs);
        Instant ended = aws.time().now();
        await().atMost(PATIENCE).until(() -> aws.batch().live() == 0);
        assertThat(Duration.between(ended, aws.time().now()))
            .as("until no job was left")
            .isLessThan(Duration.ofMinutes(1));
        assertThat(aws.faults().struck(Fault.LOST_AFTER)).isPositive();
        assertThat(aws.faults().struck(Fault.THROTTLED)).isPositive();
        int described = aws.faults().answered("describejobs");
        long looks = Duration.between(from, Instant.now()).toMinutes() + 1;
        assertThat(described)
            .as("calls, however often they were tried: one for 100 jobs, a look a minute")
            .isPositive()
            .isLessThanOrEqualTo((int) looks * jobs / 100);
        engine.stopLeading();
      }
    }
  }

  @Test
  void aRunOfThousandsOfLiveJobsIsCancelledAndEveryEndConfirmed() {
    int jobs = 5_000;
    int rate = 2_500;
    var options = new AwsEmulator.Options(0, 1, Delays.brief(), rate, 4);
    try (var scripted = new ScriptedJobs(true);
        var cloud = new EmulatedCloud(options, new ScriptedContainers(scripted), jobs);
        var engine = new EngineFixture(TestDatabases.postgres())) {
      cloud.publish(Map.of());
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      engine.tasksAtOnce(jobs).pipeline("wide", 1, jobs);
      try (var backend = cloud.backend(rate, null)) {
        engine.lead(backend, POLICY);
        long run = engine.start("wide");
        await().atMost(PATIENCE).until(() -> scripted.effects().size() == jobs);

        int looked = cloud.aws().faults().calls("describejobs");
        Instant from = cloud.aws().time().now();
        cloud.aws().faults().throttle("terminatejob", 0.10);
        assertThat(engine.ask(new Command.CancelRun(run, "enough")).refused()).isFalse();
        engine.awaitRun(run, "CANCELLED", PATIENCE);
        Duration took = Duration.between(from, cloud.aws().time().now());

        assertThat(took).isLessThan(Duration.ofMinutes(3));
        assertThat(cloud.aws().faults().struck(Fault.THROTTLED)).isPositive();
        assertThat(cloud.aws().faults().answered("terminatejob"))
            .as("ends that were asked for, though some could not be at first")
            .isEqualTo(jobs);
        double periods = (double) took.toMillis() / backend.lookEvery(jobs).toMillis();
        assertThat((double) cloud.aws().faults().calls("describejobs") - looked)
            .as("one call for a hundred jobs each period, in %s", took)
            .isLessThanOrEqualTo((periods + 1) * jobs / 100);
        assertThat(cloud.aws().batch().live()).isZero();
        assertThat(
                engine.number(
                    """
                    select count(*) from execution.jobs
                    where status = 'FAILED' and ended_at is not null and reason = 'enough'
                    """))
            .as("jobs of which Batch said that they were ended, and why")
            .isEqualTo(jobs);
        assertThat(
                engine.number(
                    """
                    select count(distinct task_index) from execution.events
                    where kind = 'JobSeen' and event like '%"FAILED"%' and run_id =\
                    """
                        + " "
                        + run))
            .as("tasks of which the record says so")
            .isEqualTo(jobs);
        engine.stopLeading();
      }
    }
  }

  @Test
  void submissionsKeepUpWithTheBucketWhileThereIsWorkAlsoWhenSomeAreThrottled() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      var calm = threads.submit(() -> submissionsPerSecond(0));
      var throttled = threads.submit(() -> submissionsPerSecond(0.10));

      assertThat(calm.get()).isBetween(0.9 * ACCOUNTS_RATE, 1.1 * ACCOUNTS_RATE);
      assertThat(throttled.get()).isBetween(0.9 * ACCOUNTS_RATE, 1.1 * ACCOUNTS_RATE);
    }
  }

  /** Without those of the first second, which the bucket held at the beginning. */
  private static double submissionsPerSecond(double throttled) {
    Duration measured = Duration.ofSeconds(5);
    int jobs = ACCOUNTS_RATE * 7;
    var options = new AwsEmulator.Options(0, 1, Delays.brief(), ACCOUNTS_RATE, 4);
    try (var scripted = new ScriptedJobs(false);
        var cloud = new EmulatedCloud(options, new ScriptedContainers(scripted), jobs);
        var engine = new EngineFixture(TestDatabases.postgres())) {
      cloud.publish(Map.of());
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      var faults = cloud.aws().faults();
      faults.rates(new Faults.Rates(throttled, 0, 0, 0.05, Duration.ZERO, 0, Duration.ZERO));
      engine.tasksAtOnce(jobs).pipeline("wide", 1, jobs);
      try (var backend = cloud.backend(ACCOUNTS_RATE, null)) {
        engine.lead(backend, POLICY);
        long run = engine.start("wide");
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> faults.calls("submitjob") >= ACCOUNTS_RATE);
        long from = System.nanoTime();
        int before = faults.calls("submitjob");
        await()
            .pollInterval(Duration.ofMillis(10))
            .until(() -> System.nanoTime() - from >= measured.toNanos());
        int calls = faults.calls("submitjob") - before;
        double perSecond = calls * 1e9 / (System.nanoTime() - from);
        engine.awaitRun(run, "SUCCEEDED", PATIENCE);
        engine.stopLeading();
        return perSecond;
      }
    }
  }

  @Test
  void looksAndEndingsDoNotWaitBehindSubmissionsThatGetNoAnswer() {
    int rate = 200;
    var options = new AwsEmulator.Options(0, 1, Delays.brief(), rate, 4);
    try (var scripted = new ScriptedJobs(true);
        var cloud = new EmulatedCloud(options, new ScriptedContainers(scripted), 1_000);
        var engine = new EngineFixture(TestDatabases.postgres())) {
      cloud.publish(Map.of());
      scripted.over(new JdbcWorkerProtocol(engine.database.jdbi(), engine.database.dialect()));
      var faults = cloud.aws().faults();
      engine.pipeline("few", 1, 2);
      engine.pipeline("wide", 1, 150);
      try (var backend = cloud.backend(rate, null)) {
        engine.lead(backend, POLICY);
        long few = engine.start("few");
        await().until(() -> scripted.effects().size() == 2);
        long wide;
        try (var _ = faults.hold("submitjob")) {
          wide = engine.start("wide");
          await().until(() -> faults.calls("submitjob") >= 50);

          assertThat(engine.ask(new Command.CancelRun(few, "enough")).refused()).isFalse();
          engine.awaitRun(few, "CANCELLED", Duration.ofSeconds(20));
          assertThat(scripted.started()).as("jobs there are").isEqualTo(2);
        }
        assertThat(engine.ask(new Command.CancelRun(wide, "enough")).refused()).isFalse();
        engine.awaitRun(wide, "CANCELLED", PATIENCE);
        assertThat(cloud.aws().batch().live()).isZero();
        engine.stopLeading();
      }
    }
  }
}
