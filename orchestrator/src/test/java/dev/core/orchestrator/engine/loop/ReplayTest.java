package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The record of a run gives its rows again, whatever happened to it. */
class ReplayTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(5, Duration.ZERO, Duration.ofSeconds(120), Duration.ZERO);

  @BothDatabases
  void failuresLossesAndRetries(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      engine.pipeline("flights", 2, 3, 4, 2);
      engine.backend.script =
          order ->
              switch (order.attempt() * 10 + (int) (order.taskKey().hashCode() & 3)) {
                case 10 -> Outcome.failure(FailureClass.USER, "no such column \0 in the input");
                case 11 -> null;
                default -> Outcome.success(new TextNode("done \0 1.50"), List.of());
              };

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void lostRepliesAndLostRequests(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      engine.pipeline("flights", 1, 6, 3);
      var counter = new AtomicInteger();
      engine.backend.answers =
          _ ->
              ScriptedBackend.Answer.values()[
                  counter.getAndIncrement() % ScriptedBackend.Answer.values().length];

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.number("select count(*) from execution.events where kind = 'NotFound'"))
          .isPositive();
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void aChangeOfLeadersWhileAnswersAreLost(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      engine.pipeline("flights", 1, 5, 2);
      engine.backend.answers = _ -> ScriptedBackend.Answer.THROTTLE;
      long run = engine.start("flights");
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() -> engine.number("select count(*) from execution.attempts") == 5);

      engine.stopLeading();
      engine.backend.answers = _ -> ScriptedBackend.Answer.ACCEPT;
      engine.lead(engine.backend, POLICY);
      engine.awaitRun(run, "SUCCEEDED");

      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void cancellingAndTakingUpAgain(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      engine.pipeline("flights", 1, 1, 3, 1);
      var started = new CountDownLatch(3);
      engine.backend.script =
          order -> {
            if (order.state().equals("stage_1")) {
              started.countDown();
              return untilInterrupted(order);
            }
            return Outcome.success(null, List.of());
          };
      long run = engine.start("flights");
      started.await();
      engine.ask(new Command.CancelRun(run, "not needed " + "x".repeat(600)));
      engine.awaitRun(run, "CANCELLED");
      engine.backend.script = _ -> Outcome.success(null, List.of());

      assertThat(engine.ask(new Command.RetryTasks(run, new Selection.Everything(), "")).refused())
          .isFalse();
      engine.awaitRun(run, "SUCCEEDED");

      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void leasesThatRunOutAndTimeOuts(TestDatabase testDatabase) {
    var policy = new RetryPolicy(5, Duration.ZERO, Duration.ofMillis(1_500), Duration.ZERO);
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, policy);
      engine.pipeline("leases", 1, 2);
      engine.pipeline("late", 2, 2);
      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  update configuration.transformations set timeout_seconds = 1
                  where pipeline_state_id in (
                    select s.id from configuration.pipeline_states s
                    join configuration.pipelines p on p.id = s.pipeline_id where p.name = 'late')
                  """));
      engine.backend.script =
          order ->
              order.attempt() == 1 ? untilInterrupted(order) : Outcome.success(null, List.of());

      long leases = engine.start("leases");
      long late = engine.start("late");
      engine.awaitRun(leases, "SUCCEEDED");
      engine.awaitRun(late, "SUCCEEDED");

      assertThat(engine.number("select count(*) from execution.events where kind = 'LeaseOver'"))
          .isPositive();
      assertThat(engine.number("select count(*) from execution.events where kind = 'Overdue'"))
          .isPositive();
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number(
                      "select count(*) from execution.jobs where status in ('PENDING', 'RUNNING')")
                  == 0);
      engine.stopLeading();
      engine
          .jdbi()
          .useTransaction(handle -> {
            Replay.check(handle, leases, policy);
            Replay.check(handle, late, policy);
          });
    }
  }

  @BothDatabases
  void aFaultOfConfigurationThatARetryDoesNotCure(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      engine.pipeline("flights", 1, 1, 1);
      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  insert into configuration.transformation_variables
                    (transformation_id, name, text_value)
                  select max(id), 'note', '${task.nothing.result.rows}'
                  from configuration.transformations
                  """));
      long run = engine.start("flights");
      engine.awaitRun(run, "FAILED");
      String endedFirst = engine.text("select ended_at from execution.runs");

      assertThat(engine.ask(new Command.RetryTasks(run, new Selection.Everything(), "")).refused())
          .isFalse();
      engine.awaitRun(run, "FAILED");

      assertThat(engine.text("select ended_at from execution.runs")).isNotEqualTo(endedFirst);
      engine.replays(POLICY, run);
    }
  }

  @BothDatabases
  void runsThatWaitForEachOther(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      engine.pipeline("flights", 1, 2);
      var release = new CountDownLatch(1);
      engine.backend.script =
          _ -> {
            try {
              release.await();
            } catch (InterruptedException e) {
              return null;
            }
            return Outcome.success(null, List.of());
          };
      long first = engine.start("flights");
      long second = engine.start("flights");
      long third = engine.start("flights");
      engine.ask(new Command.CancelRun(second, "one is enough"));
      assertThat(engine.runStatus(third)).isEqualTo("QUEUED");
      release.countDown();
      engine.awaitRun(third, "SUCCEEDED");

      engine.replays(POLICY, first, second, third);
    }
  }

  private static @Nullable Outcome untilInterrupted(WorkOrder order) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      return null;
    }
    throw new IllegalStateException(order.taskKey());
  }
}
