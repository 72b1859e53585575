package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.RetryPolicy;
import dev.core.orchestrator.engine.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/** Everything goes wrong at once, also the leader; what must hold at the end holds. */
@Tag("simulated")
class ChaosTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(50, Duration.ZERO, Duration.ofSeconds(120), Duration.ZERO);
  private static final int RUNS = 6;

  @BothDatabases
  void everyAttemptTakesEffectAtMostOnceAndEveryRunEndsAndReplays(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase)) {
      engine.lead(engine.backend, POLICY);
      var submissions = new AtomicInteger();
      engine.backend.answers =
          _ ->
              ScriptedBackend.Answer.values()[
                  new SplittableRandom(submissions.getAndIncrement())
                      .nextInt(ScriptedBackend.Answer.values().length)];
      engine.backend.script = ChaosTest::work;
      var runs = new ArrayList<Long>();
      for (int i = 0; i < RUNS; i++) {
        engine.pipeline("flights_" + i, 2, 3, 6, 2);
        runs.add(engine.start("flights_" + i));
      }
      for (int change = 0; change < 4; change++) {
        int events = events(engine);
        engine.stopLeading();
        engine.lead(engine.backend, POLICY);
        await()
            .atMost(EngineFixture.PATIENCE)
            .until(() -> unfinished(engine) == 0 || events(engine) > events + 20);
        if (change == 1) {
          engine.ask(new Command.CancelRun(runs.getFirst(), "changed my mind"));
        }
      }
      awaitEnd(engine);
      runs.forEach(run -> engine.ask(new Command.RetryTasks(run, new Selection.Everything(), "")));
      awaitEnd(engine);
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number(
                      "select count(*) from execution.jobs where status in ('PENDING', 'RUNNING')")
                  == 0);
      engine.stopLeading();

      assertThat(engine.backend.grantedByTask)
          .allSatisfy((_, claimants) -> assertThat(claimants).hasSize(1));
      assertThat(
              engine.number(
                  """
                  select count(*) from execution.tasks t
                  where t.kind = 'TRANSFORMATION' and (t.status = 'SUCCEEDED') <> (1 = (
                    select count(*) from execution.attempts a
                    where a.run_id = t.run_id and a.task_index = t.task_index
                      and a.status = 'SUCCEEDED'))
                  """))
          .isZero();
      engine
          .jdbi()
          .useTransaction(handle -> runs.forEach(run -> Replay.check(handle, run, POLICY)));
    }
  }

  private static @Nullable Outcome work(WorkOrder order) {
    return switch (new SplittableRandom(31L * order.taskKey().hashCode() + order.attempt())
        .nextInt(8)) {
      case 0 -> Outcome.failure(FailureClass.USER, "it broke");
      case 1 -> Outcome.failure(FailureClass.OUT_OF_MEMORY, "too much");
      case 2 -> null;
      default -> Outcome.success(null, List.of());
    };
  }

  private static void awaitEnd(EngineFixture engine) {
    try {
      await().atMost(EngineFixture.PATIENCE).until(() -> unfinished(engine) == 0);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("not finished:\n" + unfinishedTasks(engine), e);
    }
  }

  private static int unfinished(EngineFixture engine) {
    return engine.number(
        "select count(*) from execution.runs where status in ('QUEUED', 'RUNNING', 'CANCELLING')");
  }

  private static String unfinishedTasks(EngineFixture engine) {
    return engine
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    select t.run_id, t.task_index, t.status as task, t.retry_at, a.number, a.status,
                      a.asked_at, c.claimant, c.has_news, c.outcome, j.job_id, j.status as job,
                      execution.clock() as now
                    from execution.tasks t
                    left join execution.attempts a
                      on a.run_id = t.run_id and a.task_index = t.task_index and a.number = t.attempts
                    left join execution.claims c on c.attempt_id = a.id
                    left join execution.jobs j on j.attempt_id = a.id
                    where t.status in ('READY', 'SUBMITTED', 'RUNNING', 'RETRYING', 'CANCELLING')
                    """)
                .mapToMap()
                .map(Object::toString)
                .collect(Collectors.joining("\n")));
  }

  private static int events(EngineFixture engine) {
    return engine.number("select count(*) from execution.events");
  }
}
