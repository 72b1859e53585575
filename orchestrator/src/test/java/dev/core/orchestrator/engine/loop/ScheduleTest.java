package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** When schedules start runs, and of which dates. */
class ScheduleTest {

  @BothDatabases
  void aDateThatComesStartsARunOfThatDate(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-03-28T20:00:00Z")) {
      flights.edit("run_frequency = 'daily', time_zone = 'Europe/Berlin'").begun();

      flights.clock.set("2026-03-28T22:59:59Z");
      flights.awaitRuns("2026-03-28T23:00:00Z SUCCEEDED");
      // The next day has 23 hours.
      flights.clock.set("2026-03-29T22:00:01Z");
      flights.awaitRuns("2026-03-28T23:00:00Z SUCCEEDED", "2026-03-29T22:00:00Z SUCCEEDED");

      assertThat(flights.cursor()).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
      assertThat(
              flights.engine.text(
                  "select distinct trigger_kind || ' ' || requested_by || ' ' || rerun_number"
                      + " from execution.runs"))
          .isEqualTo("schedule schedule 0");
    }
  }

  @BothDatabases
  void withoutCatchingUpOnlyTheNewestMissedDateIsRun(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'hourly'").begun();
      flights.engine.stopLeading();

      flights.clock.set("2026-01-03T09:30:00Z");
      flights.lead();

      flights.awaitRuns("2026-01-03T09:00:00Z SUCCEEDED");
      assertThat(flights.cursor()).isEqualTo(Instant.parse("2026-01-03T09:00:00Z"));
    }
  }

  @BothDatabases
  void catchingUpRunsAllMissedDatesOneAfterTheOther(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily', is_catching_up = true").begun();
      flights.engine.stopLeading();
      flights.closeGate("2026-01-03T00:00:00Z");

      flights.clock.set("2026-01-05T09:30:00Z");
      flights.lead();

      // What waits for its turn is not queued.
      flights.awaitRuns("2026-01-02T00:00:00Z SUCCEEDED", "2026-01-03T00:00:00Z RUNNING");
      flights.openGate("2026-01-03T00:00:00Z");
      flights.awaitRuns(
          "2026-01-02T00:00:00Z SUCCEEDED",
          "2026-01-03T00:00:00Z SUCCEEDED",
          "2026-01-04T00:00:00Z SUCCEEDED",
          "2026-01-05T00:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void theFirstActivationCatchesUpFromTheStartDate(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-05T12:00:00Z")) {
      flights
          .edit(
              """
              run_frequency = '0 6 * * *', is_catching_up = true,
              start_date = timestamp with time zone '2026-01-04 06:00:00+00'
              """)
          .lead();

      flights.awaitRuns("2026-01-04T06:00:00Z SUCCEEDED", "2026-01-05T06:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void noDateBeforeTheStartDateIsRun(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights
          .edit(
              """
              run_frequency = 'daily', is_catching_up = true,
              start_date = timestamp with time zone '2026-01-04 06:00:00+00'
              """)
          .begun();

      flights.clock.set("2026-01-05T12:00:00Z");

      flights.awaitRuns("2026-01-05T00:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void aNewFrequencyAndAReactivationBeginWithNow(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily', is_catching_up = true").begun();
      flights.engine.stopLeading();
      flights.clock.set("2026-01-05T12:30:00Z");
      flights.edit("run_frequency = 'hourly'").lead();
      ScheduleFixture.await(() -> flights.cursor().isAfter(Instant.parse("2026-01-05T12:30:00Z")));
      flights.clock.set("2026-01-05T13:00:01Z");
      flights.awaitRuns("2026-01-05T13:00:00Z SUCCEEDED");

      flights.edit("is_active = false");
      ScheduleFixture.await(
          () -> flights.number("select count(*) from execution.schedules where is_active") == 0);
      flights.clock.set("2026-01-05T17:00:01Z");
      flights.edit("is_active = true");
      ScheduleFixture.await(() -> flights.cursor().isAfter(Instant.parse("2026-01-05T17:00:00Z")));
      flights.clock.set("2026-01-05T18:00:01Z");

      flights.awaitRuns("2026-01-05T13:00:00Z SUCCEEDED", "2026-01-05T18:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void theSameFrequencyInOtherWordsIsNotNew(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily', is_catching_up = true").begun();
      Instant begun = flights.cursor();

      flights.edit("run_frequency = '@daily'");
      ScheduleFixture.await(() ->
          flights.number("select count(*) from execution.schedules where run_frequency = '@daily'")
              == 1);

      assertThat(flights.cursor()).isEqualTo(begun);
    }
  }

  @BothDatabases
  void aDateThatSkipRefusesIsASkippedRun(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:59:00Z")) {
      flights.edit("run_frequency = 'hourly', overlap_policy = 'SKIP'").begun();
      flights.closeGate("2026-01-01T13:00:00Z");

      flights.clock.set("2026-01-01T13:00:01Z");
      flights.awaitRuns("2026-01-01T13:00:00Z RUNNING");
      flights.clock.set("2026-01-01T14:00:01Z");
      flights.awaitRuns("2026-01-01T13:00:00Z RUNNING", "2026-01-01T14:00:00Z SKIPPED");
      flights.openGate("2026-01-01T13:00:00Z");
      flights.awaitRuns("2026-01-01T13:00:00Z SUCCEEDED", "2026-01-01T14:00:00Z SKIPPED");
      flights.clock.set("2026-01-01T15:00:01Z");

      flights.awaitRuns(
          "2026-01-01T13:00:00Z SUCCEEDED",
          "2026-01-01T14:00:00Z SKIPPED",
          "2026-01-01T15:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void whatCannotRunWaitsWithItsReasonAndRunsWhenItCan(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      var wrong = new AtomicBoolean(true);
      flights.engine.check =
          (_, _, _) -> wrong.get() ? List.of("no such template", "no such pool") : List.of();
      flights.edit("run_frequency = 'daily', is_catching_up = true").begun();

      flights.clock.set("2026-01-03T12:00:00Z");
      ScheduleFixture.await(() ->
          flights.number("select count(*) from execution.schedules where problems is not null")
              == 1);
      assertThat(flights.engine.text("select problems from execution.schedules"))
          .isEqualTo("[\"no such template\",\"no such pool\"]");
      assertThat(flights.runs()).isEmpty();
      wrong.set(false);
      flights.edit("description = 'corrected'");

      flights.awaitRuns("2026-01-02T00:00:00Z SUCCEEDED", "2026-01-03T00:00:00Z SUCCEEDED");
      assertThat(flights.number("select count(*) from execution.schedules where problems is null"))
          .isEqualTo(1);
    }
  }

  @BothDatabases
  void aDateThatWasStartedByHandIsNotRunAgain(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily'").begun();
      flights.engine.ask(
          new Command.StartRun(
              "flights", "manual", Map.of(), Instant.parse("2026-01-02T00:00:00Z")));

      flights.clock.set("2026-01-02T00:00:01Z");
      ScheduleFixture.await(() -> flights.cursor().equals(Instant.parse("2026-01-02T00:00:00Z")));

      assertThat(flights.number("select count(*) from execution.runs")).isEqualTo(1);
    }
  }

  @BothDatabases
  void aFailOverBeforeTheFirstSubmissionNeitherLosesNorRepeatsTheDate(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily', is_catching_up = true").begun();
      flights.engine.backend.answers = _ -> ScriptedBackend.Answer.THROTTLE;

      flights.clock.set("2026-01-02T00:00:01Z");
      flights.awaitRuns("2026-01-02T00:00:00Z RUNNING");
      flights.engine.stopLeading();
      assertThat(flights.number("select count(*) from execution.jobs")).isZero();
      flights.engine.backend.answers = _ -> ScriptedBackend.Answer.ACCEPT;
      flights.lead();

      flights.awaitRuns("2026-01-02T00:00:00Z SUCCEEDED");
      assertThat(flights.engine.backend.grantedByTask).hasSize(1);
    }
  }

  @BothDatabases
  void aPipelineThatIsGoneHasNoScheduleAnyMore(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily'").begun();

      flights
          .engine
          .jdbi()
          .useHandle(handle -> handle.execute("delete from configuration.pipelines"));

      ScheduleFixture.await(() -> flights.number("select count(*) from execution.schedules") == 0);
    }
  }
}
