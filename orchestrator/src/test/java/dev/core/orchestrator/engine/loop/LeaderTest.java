package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.Outcome.WrittenDataset;
import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class LeaderTest {

  @BothDatabases
  void aRunGoesThroughItsWavesToItsEnd(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1, 3, 2);

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.taskStatuses(run)).isEqualTo(Map.of("SUCCEEDED", 9));
      assertThat(engine.backend.grantedByTask)
          .hasSize(6)
          .allSatisfy((_, claimants) -> assertThat(claimants).hasSize(1));
      assertThat(engine.number("select count(*) from execution.claims where has_news")).isZero();
    }
  }

  @BothDatabases
  void aTaskThatFailsIsTriedAgainAndThenFailsWhatIsDownstream(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 2, 2, 1);
      var calls = new AtomicInteger();
      engine.backend.script =
          order -> {
            calls.incrementAndGet();
            return order.taskKey().endsWith("_1")
                ? Outcome.failure(FailureClass.USER, "no such column")
                : Outcome.success(null, List.of());
          };

      long run = engine.start("flights");
      engine.awaitRun(run, "FAILED");

      assertThat(calls).hasValue(3);
      assertThat(engine.taskStatuses(run))
          .isEqualTo(Map.of("SUCCEEDED", 2, "FAILED", 1, "UPSTREAM_FAILED", 2));
      assertThat(engine.text("select failure_message from execution.tasks where status = 'FAILED'"))
          .isEqualTo("no such column");
    }
  }

  @BothDatabases
  void aFailedRunIsTakenUpAgainWithNewAttempts(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1, 1);
      engine.backend.script = _ -> Outcome.failure(FailureClass.USER, "not yet");
      long run = engine.start("flights");
      engine.awaitRun(run, "FAILED");
      engine.backend.script = _ -> Outcome.success(null, List.of());

      var answer = engine.ask(new Command.RetryTasks(run, new Selection.Everything(), ""));
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(answer.refused()).isFalse();
      assertThat(engine.number("select max(number) from execution.attempts")).isEqualTo(2);
    }
  }

  @BothDatabases
  void lostRepliesAndLostRequestsGiveExactlyOneEffectiveExecution(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 6, 6);
      var counter = new AtomicInteger();
      engine.backend.answers =
          _ ->
              ScriptedBackend.Answer.values()[
                  counter.getAndIncrement() % ScriptedBackend.Answer.values().length];

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.backend.grantedByTask)
          .hasSize(12)
          .allSatisfy((_, claimants) -> assertThat(claimants).hasSize(1));
      assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(12);
    }
  }

  @BothDatabases
  void aJobThatDiesWithoutAWordIsAnInfrastructureFailureAndNotTheUsers(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1);
      Set<Integer> died = ConcurrentHashMap.newKeySet();
      engine.backend.script =
          order ->
              died.add(order.attempt()) && died.size() == 1
                  ? null
                  : Outcome.success(null, List.of());

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.text("select failure_class from execution.attempts where number = 1"))
          .isEqualTo("INFRASTRUCTURE");
      assertThat(engine.number("select user_failures from execution.tasks where task_index = 1"))
          .isZero();
    }
  }

  @BothDatabases
  void whatTheBackendTellsByItselfIsHeardWithoutALook(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.backend.betweenLooks = Duration.ofHours(1);
      engine.lead();
      engine.pipeline("flights", 1, 1);
      // The one look has seen the job alive, before it dies without a word.
      engine.backend.script =
          order -> {
            awaitLook(engine.backend.looked);
            return order.attempt() == 1 ? null : Outcome.success(null, List.of());
          };

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.number("select max(number) from execution.attempts")).isEqualTo(2);
      engine.stopLeading();
      assertThat(engine.backend.told()).isZero();
    }
  }

  private static void awaitLook(CountDownLatch looked) {
    try {
      assertThat(looked.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @BothDatabases
  void cancellingEndsWhenTheJobsAreConfirmedEnded(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 2, 1);
      var started = new CountDownLatch(2);
      engine.backend.script =
          _ -> {
            started.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              return null;
            }
            return Outcome.success(null, List.of());
          };
      long run = engine.start("flights");
      started.await();

      engine.ask(new Command.CancelRun(run, "not needed"));
      engine.awaitRun(run, "CANCELLED");

      assertThat(engine.taskStatuses(run)).isEqualTo(Map.of("SUCCEEDED", 1, "CANCELLED", 4));
      assertThat(engine.number("select count(*) from execution.jobs where status <> 'FAILED'"))
          .isZero();
    }
  }

  @BothDatabases
  void anotherLeaderGoesOnWhereTheFirstOneStopped(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 3, 2);
      var started = new CountDownLatch(3);
      var mayEnd = new CountDownLatch(1);
      engine.backend.script =
          _ -> {
            started.countDown();
            try {
              mayEnd.await();
            } catch (InterruptedException e) {
              return null;
            }
            return Outcome.success(new IntNode(1), List.of());
          };
      long run = engine.start("flights");
      started.await();

      engine.stopLeading();
      mayEnd.countDown();
      engine.lead();
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.backend.grantedByTask)
          .hasSize(5)
          .allSatisfy((_, claimants) -> assertThat(claimants).hasSize(1));
      assertThat(engine.number("select epoch from execution.leadership")).isEqualTo(2);
    }
  }

  @BothDatabases
  void aWorkerWithoutSignsOfLifeLosesItsAttempt(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(
          engine.backend,
          new RetryPolicy(3, Duration.ZERO, Duration.ofMillis(300), Duration.ofSeconds(5)));
      engine.pipeline("flights", 1, 1);
      var calls = new AtomicInteger();
      engine.backend.script =
          _ -> {
            if (calls.incrementAndGet() == 1) {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                return Outcome.success(null, List.of());
              }
            }
            return Outcome.success(null, List.of());
          };

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.text("select failure_message from execution.attempts where number = 1"))
          .contains("no sign of life");
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number(
                      "select count(*) from execution.jobs where status in ('PENDING', 'RUNNING')")
                  == 0);
      assertThat(engine.text("select status from execution.attempts where number = 1"))
          .isEqualTo("FAILED");
    }
  }

  @BothDatabases
  void aSealedRunIsNotChangedByEdits(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1, 1);
      var started = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      var notes = new ConcurrentHashMap<String, String>();
      engine.backend.script =
          order -> {
            notes.put(order.runId() + order.taskKey(), order.variables().get("note").value());
            started.countDown();
            try {
              mayEnd.await();
            } catch (InterruptedException e) {
              return null;
            }
            return Outcome.success(null, List.of());
          };
      long first = engine.start("flights");
      started.await();

      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  insert into configuration.transformation_variables
                    (transformation_id, name, text_value)
                  select id, 'note', 'edited' from configuration.transformations
                  """));
      mayEnd.countDown();
      engine.awaitRun(first, "SUCCEEDED");
      long second = engine.start("flights");
      engine.awaitRun(second, "SUCCEEDED");

      assertThat(notes)
          .containsEntry("1flights_stage_1_work_2", "1")
          .containsEntry("2flights_stage_1_work_2", "edited");
      assertThat(engine.number("select count(distinct definition_sha256) from execution.runs"))
          .isEqualTo(2);
    }
  }

  @BothDatabases
  void whatATaskWroteIsReadByTheNextOneInTheSameBreath(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1, 1);
      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  insert into configuration.transformation_variables
                    (transformation_id, name, text_value)
                  values (1, 'writes', 'delays'), (2, 'reads', 'stage_0/delays@run')
                  """));
      var read = new ConcurrentHashMap<String, WorkOrder.Input>();
      engine.backend.script =
          order -> {
            read.putAll(order.inputs());
            return Outcome.success(
                null,
                order.outputs().values().stream()
                    .map(output ->
                        new WrittenDataset(
                            "stage_0",
                            output.dataset(),
                            order.datasetsRoot(),
                            output.path(),
                            "csv",
                            List.of(new WrittenFile("part-0.csv", 12, 3L)),
                            3L))
                    .toList());
          };

      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(read.get("delays").path())
          .isEqualTo("main/acme/road/stage_0/delays/run_id=1/attempt=1/");
      assertThat(read.get("delays").files()).containsExactly("part-0.csv");
      assertThat(engine.number("select count(*) from execution.dataset_reads")).isEqualTo(1);
      assertThat(engine.number("select row_count from execution.datasets")).isEqualTo(3);
    }
  }

  @BothDatabases
  void aRunThatCannotBeJournalledIsQuarantinedAndHoldsNobodyUp(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("poisoned", 1, 1);
      engine.pipeline("healthy", 1, 2);
      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  alter table execution.tasks add constraint poison
                    check (run_id > 1 or status <> 'SUCCEEDED' or kind = 'SPACER')
                  """));

      long poisoned = engine.start("poisoned");
      long healthy = engine.start("healthy");
      engine.awaitRun(healthy, "SUCCEEDED");
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number("select count(*) from execution.runs where quarantined_at is not null")
                  == 1);
      assertThat(engine.ask(new Command.CancelRun(poisoned, "")).message())
          .contains("run 1 is quarantined");
      engine
          .jdbi()
          .useHandle(
              handle -> handle.execute("alter table execution.tasks drop constraint poison"));
      engine.ask(new Command.ReleaseRun(poisoned));
      engine.awaitRun(poisoned, "SUCCEEDED");

      assertThat(engine.backend.grantedByTask).hasSize(3);
    }
  }

  @BothDatabases
  void commandsThatMakeNoSenseAreRefusedWithAReason(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("flights", 1, 1);
      long run = engine.start("flights");
      engine.awaitRun(run, "SUCCEEDED");

      assertThat(engine.ask(new Command.CancelRun(99, "")).message())
          .isEqualTo("there is no run 99");
      assertThat(engine.ask(new Command.CancelRun(run, "")).message())
          .isEqualTo("run 1 has already ended: SUCCEEDED");
      assertThat(engine.ask(new Command.RetryTasks(run, new Selection.Everything(), "")).message())
          .contains("only failed and cancelled tasks are retried");
      assertThat(
              engine
                  .ask(new Command.RetryTasks(run, new Selection.OfTask("nothing", false), ""))
                  .message())
          .isEqualTo("run 1 has no task 'nothing'");
      assertThat(engine.ask(new Command.ReleaseRun(run)).refused()).isTrue();
      assertThat(engine.ask(new Command.StartRun("nowhere", "manual", Map.of(), null)).message())
          .contains("nowhere");
      assertThat(
              engine
                  .ask(new Command.StartRun("flights", "manual", Map.of("colour", "red"), null))
                  .message())
          .contains("colour");
    }
  }
}
