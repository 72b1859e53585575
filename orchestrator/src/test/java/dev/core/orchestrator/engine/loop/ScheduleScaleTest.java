package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.SizeRule;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** 5,000 pipelines with schedules: what a leader costs, idle and when all are due. */
class ScheduleScaleTest {

  private static final int PIPELINES = 5_000;

  @BothDatabases
  void anIdleLeaderCostsNextToNothingAndAnEditIsNoticedWithinASecond(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:31:00Z")) {
      copies(flights);
      flights.engine.sweepEvery = Duration.ofSeconds(1);
      allSeen(flights.lead());
      Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);

      long cpu = leaderCpu();
      var asked = flights.engine.asked.counts();
      long begun = System.nanoTime();
      Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
      double nanos = System.nanoTime() - begun;
      assertThat((leaderCpu() - cpu) / nanos).isLessThan(0.02);
      // Five looks a second, each with a question for edits; and what becomes due by itself.
      assertThat(flights.engine.asked.counts().minus(asked).statements() / nanos)
          .isLessThan(30 / 1e9);

      begun = System.nanoTime();
      flights.edit("run_frequency = 'hourly'");
      ScheduleFixture.await(() ->
          flights
              .engine
              .text("select run_frequency from execution.schedules where pipeline = 'flights'")
              .equals("hourly"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }
  }

  @BothDatabases
  void whenAllAreDueAtOnceTheLeaderStillAnswers(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:31:00Z")) {
      copies(flights);
      flights.engine.check = new ConfigurationCheck(SizeRule.ANY);
      allSeen(flights.lead());

      flights.clock.set("2026-01-02T00:00:01Z");
      ScheduleFixture.await(() -> flights.number("select count(*) from execution.runs") > 0);
      long begun = System.nanoTime();
      flights.engine.ask(new Command.Pause("flights", null));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));

      ScheduleFixture.await(() -> flights.number("select count(*) from execution.runs") >= 200);
      assertThat(flights.number("select count(distinct pipeline) - count(*) from execution.runs"))
          .isZero();
    }
  }

  private static void allSeen(ScheduleFixture flights) {
    ScheduleFixture.await(
        () -> flights.number("select count(*) from execution.schedules") == PIPELINES);
  }

  private static long leaderCpu() {
    var threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && info.getThreadName().equals("leader")) {
        sum += threads.getThreadCpuTime(info.getThreadId());
      }
    }
    return sum;
  }

  private static void copies(ScheduleFixture flights) {
    flights
        .edit("run_frequency = 'daily'")
        .engine
        .jdbi()
        .useTransaction(handle -> {
          var copies =
              handle.prepareBatch(
                  """
                  insert into configuration.pipelines
                    (name, brand_id, pipeline_type_id, run_frequency, time_zone)
                  select :name, brand_id, pipeline_type_id, :frequency, :zone
                  from configuration.pipelines where name = 'flights'
                  """);
          for (int n = 2; n <= PIPELINES; n++) {
            copies
                .bind("name", "copy_" + n)
                .bind("frequency", List.of("daily", "0 3 * * 1-5", "*/15 * * * *").get(n % 3))
                .bind("zone", n % 2 == 0 ? "UTC" : "Europe/Berlin")
                .add();
          }
          int[] _ = copies.execute();
          handle.execute(
              """
              insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order)
              select p.id, s.pipeline_state_type_id, s.graph_order
              from configuration.pipelines p, configuration.pipeline_states s
              where p.name like 'copy%'
              """);
          handle.execute(
              """
              insert into configuration.transformations (pipeline_state_id, transformation_template_id)
              select s.id, t.transformation_template_id
              from configuration.pipeline_states s, configuration.transformations t
              where s.id <> t.pipeline_state_id
              """);
        });
  }
}
