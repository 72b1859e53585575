package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.Outcome;
import dev.core.migrations.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;

/** An engine whose clock a test sets, with one pipeline, {@code flights}, and its schedule. */
final class ScheduleFixture implements AutoCloseable {

  final EngineFixture engine;
  final ClockUnderTest clock;

  /** Jobs of a logical date wait for these. */
  private final ConcurrentHashMap<Instant, CountDownLatch> gates = new ConcurrentHashMap<>();

  ScheduleFixture(TestDatabase database, String now) {
    engine = new EngineFixture(database);
    clock = new ClockUnderTest(database, engine.jdbi()).set(now);
    engine.pipeline("flights", 1, 1);
    engine.backend.script =
        order -> {
          var gate = gates.get(order.logicalDate());
          try {
            if (gate != null) {
              gate.await();
            }
          } catch (InterruptedException e) {
            return null;
          }
          return Outcome.success(null, List.of());
        };
  }

  /** Columns of the pipeline, such as {@code run_frequency = 'daily'}. */
  ScheduleFixture edit(String columns) {
    engine
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "update configuration.pipelines set " + columns + " where name = 'flights'"));
    return this;
  }

  /** From now on the job of that date waits. */
  ScheduleFixture closeGate(String date) {
    gates.put(Instant.parse(date), new CountDownLatch(1));
    return this;
  }

  void openGate(String date) {
    gates.get(Instant.parse(date)).countDown();
  }

  ScheduleFixture lead() {
    engine.lead();
    return this;
  }

  /** Leads until the schedule is known, so that its cursor is where it begins. */
  ScheduleFixture begun() {
    lead();
    await(() -> number("select count(*) from execution.schedules") == 1);
    return this;
  }

  int number(String query) {
    return engine.number(query);
  }

  Instant cursor() {
    return engine
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select cursor_at from execution.schedules")
                .mapTo(OffsetDateTime.class)
                .one())
        .toInstant();
  }

  /** Logical dates with their statuses, in the order of the runs, such as {@code …Z SUCCEEDED}. */
  List<String> runs() {
    return engine
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    """
                    select logical_date, status from execution.runs
                    where trigger_kind = 'schedule' order by id
                    """)
                .map((row, _) ->
                    row.getObject("logical_date", OffsetDateTime.class).toInstant()
                        + " "
                        + row.getString("status"))
                .list());
  }

  void awaitRuns(String... expected) {
    Awaitility.await()
        .atMost(EngineFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(runs()).containsExactly(expected));
  }

  static void await(Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(EngineFixture.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }

  @Override
  public void close() {
    try (clock) {
      engine.close();
    }
  }
}
