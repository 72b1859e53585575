package dev.core.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.core.common.definition.Resources;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.protocol.WorkerExit;
import dev.core.common.settings.ClaimSettings;
import dev.core.worker.transformation.ConfigurationFault;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SingleRunTest {

  private static final Outcome DONE = Outcome.success(null, List.of());
  private static final ClaimSettings CLAIMS =
      new ClaimSettings(Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(120));

  private final AtomicLong jumped = new AtomicLong();
  private final CountDownLatch working = new CountDownLatch(1);
  private final ScriptedProtocol protocol = new ScriptedProtocol(order(3600));

  @Test
  void itClaimsWorksAndWritesTheOutcome() throws Exception {
    assertThat(run((order, partition, progress) -> DONE).run()).isEqualTo(WorkerExit.SUCCEEDED);
    assertThat(protocol.outcome).isEqualTo(DONE);
  }

  @Test
  void aRefusedClaimChangesNothing() throws Exception {
    protocol.order = null;

    assertThat(run((order, partition, progress) -> DONE).run()).isEqualTo(WorkerExit.CLAIM_REFUSED);
    assertThat(protocol.outcome).isNull();
    assertThat(protocol.calls).isEqualTo(1);
  }

  @Test
  void failuresHaveClassesAndShortMessages() throws Exception {
    assertThat(failureOf(new IllegalStateException("no rows")))
        .isEqualTo(new Outcome.Failure(FailureClass.USER, "IllegalStateException: no rows"));
    assertThat(failureOf(new ConfigurationFault("variable 'x' is not set")))
        .isEqualTo(new Outcome.Failure(FailureClass.CONFIGURATION, "variable 'x' is not set"));
    assertThat(failureOf(new RuntimeException(new OutOfMemoryError("heap"))).failureClass())
        .isEqualTo(FailureClass.OUT_OF_MEMORY);
    assertThat(failureOf(new RuntimeException("x".repeat(9000))).message()).hasSizeLessThan(1001);
  }

  @Test
  void whatRunsTooLongIsInterruptedAndTimedOut() throws Exception {
    protocol.order = order(60);
    var run = started(run(this::forEver));
    working.await();

    jumped.set(Duration.ofSeconds(61).toNanos());

    assertThat(run.get()).isEqualTo(WorkerExit.TIMEOUT);
    assertThat(protocol.outcome.failure().message())
        .isEqualTo("it ran longer than its time-out of 60 s");
  }

  @Test
  void theClaimIsRenewedInTimeAndTellsProgress() throws Exception {
    var run =
        started(
            run((order, partition, progress) -> {
              progress.accept("half");
              return forEver(order, partition, progress);
            }));
    await().untilAsserted(() -> assertThat(protocol.progress).containsExactly("half"));
    int before = protocol.renewals;

    jumped.set(Duration.ofSeconds(31).toNanos());

    await().until(() -> protocol.renewals > before);
    assertThat(run.isDone()).isFalse();
    run.cancel(true);
  }

  @Test
  void withoutARenewalItStopsItself() throws Exception {
    var run = started(run(this::forEver));
    working.await();
    protocol.away = true;

    jumped.set(Duration.ofSeconds(91).toNanos());
    await().until(() -> protocol.calls > 2);
    protocol.away = false;

    assertThat(run.get()).isEqualTo(WorkerExit.INFRASTRUCTURE);
    assertThat(protocol.outcome.failure().message())
        .isEqualTo("the claim could not be renewed for 90 s");
  }

  @Test
  void theOutcomeWaitsForADatabaseThatIsAway() throws Exception {
    var run =
        started(
            run((order, partition, progress) -> {
              protocol.away = true;
              return DONE;
            }));
    await().until(() -> protocol.calls > 3);

    protocol.away = false;

    assertThat(run.get()).isEqualTo(WorkerExit.SUCCEEDED);
    assertThat(protocol.outcome).isEqualTo(DONE);
  }

  @Test
  void anOutcomeThatCannotBeWrittenForLongerThanTimeOutAndLeaseIsGivenUp() {
    protocol.order = order(60);
    var run =
        run((order, partition, progress) -> {
          protocol.away = true;
          jumped.set(Duration.ofSeconds(59).toNanos());
          return DONE;
        });
    var task = started(run);
    await().until(() -> protocol.calls > 2);

    jumped.set(Duration.ofSeconds(300).toNanos());

    assertThatThrownBy(task::get).hasRootCauseMessage("connection refused");
  }

  @Test
  void askedToStopItReportsInfrastructure() throws Exception {
    var single = run(this::forEver);
    var run = started(single);
    working.await();

    single.askToStop("the worker was asked to stop");

    assertThat(run.get()).isEqualTo(WorkerExit.INFRASTRUCTURE);
    assertThat(protocol.outcome.failure().message()).isEqualTo("the worker was asked to stop");
  }

  @Test
  void askedToStopAfterTheClaimWasClosedItIsCancelled() throws Exception {
    var single = run(this::forEver);
    var run = started(single);
    working.await();
    protocol.closed = true;

    single.askToStop("the worker was asked to stop");

    assertThat(run.get()).isEqualTo(WorkerExit.CLAIM_LOST);
    assertThat(protocol.outcome).isNull();
  }

  @Test
  void aClosedClaimStopsTheWorkAtTheNextRenewal() throws Exception {
    var run = started(run(this::forEver));
    working.await();
    protocol.closed = true;

    jumped.set(Duration.ofSeconds(31).toNanos());

    assertThat(run.get()).isEqualTo(WorkerExit.CLAIM_LOST);
  }

  @Test
  void workThatDoesNotReactIsLeftBehind() throws Exception {
    var never = new CountDownLatch(1);
    var single =
        run((order, partition, progress) -> {
          working.countDown();
          while (never.getCount() > 0) {
            Thread.onSpinWait();
          }
          return DONE;
        });
    var run = started(single);
    working.await();
    single.askToStop("enough");

    jumped.set(Duration.ofSeconds(21).toNanos());

    assertThat(run.get()).isEqualTo(WorkerExit.INFRASTRUCTURE);
    never.countDown();
  }

  private Outcome.@Nullable Failure failureOf(RuntimeException thrown) throws Exception {
    var _ =
        run(
                (order, partition, progress) -> {
                  throw thrown;
                })
            .run();
    return protocol.outcome.failure();
  }

  private Outcome forEver(
      WorkOrder order, int partition, java.util.function.Consumer<String> progress)
      throws InterruptedException {
    working.countDown();
    new CountDownLatch(1).await();
    return DONE;
  }

  private SingleRun run(AttemptWork work) {
    return new SingleRun(
        protocol,
        work,
        CLAIMS,
        new ClaimKey("token", 0, "job", "claimant"),
        () -> System.nanoTime() + jumped.get(),
        new Random(7));
  }

  private static FutureTask<WorkerExit> started(SingleRun run) {
    var task = new FutureTask<>(run::run);
    Thread.ofPlatform().daemon().start(task);
    return task;
  }

  private static WorkOrder order(int timeoutSeconds) {
    return new WorkOrder(
        1,
        "sales",
        "acme",
        "north",
        "main",
        "sales_raw_shell_1",
        1,
        "raw",
        "shell",
        Map.of(),
        Map.of(),
        Instant.EPOCH,
        Map.of(),
        Map.of(),
        "/tmp",
        1,
        new Resources(BigDecimal.ONE, 512, timeoutSeconds, 2, 300, null, null),
        null);
  }
}
