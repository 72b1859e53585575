package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.Outcome;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command.Pause;
import dev.core.orchestrator.command.Command.Resume;
import dev.core.orchestrator.store.RunQueries;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a pause holds up, and what it does not. */
class PauseTest {

  @BothDatabases
  void whatRunsGoesOnAndNothingNewIsSubmitted(TestDatabase database) throws Exception {
    try (var engine = new EngineFixture(database).lead()) {
      engine.pipeline("flights", 1, 1, 1);
      var started = new CountDownLatch(1);
      var mayEnd = new CountDownLatch(1);
      engine.backend.script =
          _ -> {
            started.countDown();
            try {
              mayEnd.await();
            } catch (InterruptedException e) {
              return null;
            }
            return Outcome.success(null, List.of());
          };
      long run = engine.start("flights");
      started.await();

      assertThat(engine.ask(new Pause("flights", "the source is late")).message())
          .isEqualTo("pipeline 'flights' is paused; what runs goes on");
      mayEnd.countDown();
      ScheduleFixture.await(
          () -> engine.number("select count(*) from execution.tasks where status = 'READY'") == 1);

      assertThat(cause(engine, run))
          .isEqualTo(
              "paused, the pipeline is paused by tester: the source is late,"
                  + " `core resume flights`");
      // The next leader knows of it, too.
      engine.stopLeading();
      engine.lead();
      long other = engine.start("flights");
      assertThat(engine.runStatus(other)).isEqualTo("QUEUED");
      assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(1);
      assertThat(engine.ask(new Resume("flights")).message())
          .isEqualTo("pipeline 'flights' goes on");
      engine.awaitRun(run, "SUCCEEDED");
      engine.awaitRun(other, "SUCCEEDED");
    }
  }

  @BothDatabases
  void aQueuedRunOfAPausedPipelineStaysSo(TestDatabase database) {
    try (var engine = new EngineFixture(database).lead()) {
      engine.pipeline("flights", 1, 1);
      engine.pipeline("trains", 1, 1);
      engine.ask(new Pause("flights", null));

      long paused = engine.start("flights");
      engine.awaitRun(engine.start("trains"), "SUCCEEDED");

      assertThat(engine.runStatus(paused)).isEqualTo("QUEUED");
      assertThat(cause(engine, paused))
          .isEqualTo("paused, the pipeline is paused by tester, `core resume flights`");
      engine.ask(new Resume("flights"));
      engine.awaitRun(paused, "SUCCEEDED");
    }
  }

  @BothDatabases
  void everythingCanBePausedAtOnce(TestDatabase database) {
    try (var engine = new EngineFixture(database).lead()) {
      engine.pipeline("flights", 1, 1);
      engine.pipeline("trains", 1, 1);
      engine.ask(new Pause("trains", null));
      engine.ask(new Pause(null, "maintenance"));
      long flight = engine.start("flights");
      long train = engine.start("trains");

      assertThat(cause(engine, flight))
          .isEqualTo(
              "paused, every pipeline is paused by tester: maintenance, `core resume --all`");
      assertThat(engine.ask(new Resume("trains")).message())
          .isEqualTo("pipeline 'trains' goes on when all pipelines do, which are paused, too");
      engine.ask(new Pause("trains", null));
      engine.ask(new Resume(null));

      engine.awaitRun(flight, "SUCCEEDED");
      assertThat(engine.runStatus(train)).isEqualTo("QUEUED");
    }
  }

  @BothDatabases
  void pausesThatMakeNoSenseAreRefused(TestDatabase database) {
    try (var engine = new EngineFixture(database).lead()) {
      engine.pipeline("flights", 1, 1);

      assertThat(engine.ask(new Pause("nowhere", null)).message())
          .isEqualTo("there is no pipeline 'nowhere'");
      assertThat(engine.ask(new Resume("flights")).message())
          .isEqualTo("pipeline 'flights' is not paused");
      assertThat(engine.ask(new Resume(null)).refused()).isTrue();
      engine.ask(new Pause("flights", null));
      assertThat(engine.ask(new Pause("flights", null)).message())
          .startsWith("pipeline 'flights' is paused already, since ")
          .endsWith("by tester");
      assertThat(engine.number("select count(*) from execution.pauses")).isEqualTo(1);
    }
  }

  @BothDatabases
  void ofTheDatesThatCameDuringAPauseTheNewestIsRun(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily'").begun();
      pauseUntilThe4th(flights);

      flights.engine.ask(new Resume("flights"));

      flights.awaitRuns("2026-01-04T00:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void whenCatchingUpAllDatesThatCameDuringAPauseAreRun(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily', is_catching_up = true").begun();
      pauseUntilThe4th(flights);

      flights.engine.ask(new Resume("flights"));

      flights.awaitRuns(
          "2026-01-02T00:00:00Z SUCCEEDED",
          "2026-01-03T00:00:00Z SUCCEEDED",
          "2026-01-04T00:00:00Z SUCCEEDED");
    }
  }

  private static void pauseUntilThe4th(ScheduleFixture flights) {
    flights.engine.ask(new Pause("flights", null));
    flights.clock.set("2026-01-04T12:00:00Z");
    // Answered by steps that have seen the time and the edit.
    flights.edit("description = 'edited'");
    flights.engine.ask(new Pause("flights", null));
    flights.engine.ask(new Pause("flights", null));
    assertThat(flights.runs()).isEmpty();
  }

  /** The first cause, in one line. */
  private static String cause(EngineFixture engine, long run) {
    var summary = new RunQueries(engine.jdbi()).summary(run).orElseThrow();
    var why =
        engine.why().explain(summary).stream()
            .filter(each -> !each.cause().equals("upstream"))
            .findFirst()
            .orElseThrow();
    return why.cause() + ", " + why.text() + ", " + why.remedy();
  }
}
