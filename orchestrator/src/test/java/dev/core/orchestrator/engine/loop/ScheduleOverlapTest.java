package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;

/** Schedules and overlap policies: dates on time meet the policy, dates behind wait their turn. */
class ScheduleOverlapTest {

  @BothDatabases
  void catchingUpWithSkipSkipsNothing(TestDatabase database) {
    try (var flights = downForThreeDays(database, "overlap_policy = 'SKIP'")) {
      flights.lead();
      flights.awaitRuns("2026-01-02T00:00:00Z RUNNING");
      flights.openGate("2026-01-02T00:00:00Z");

      flights.awaitRuns(
          "2026-01-02T00:00:00Z SUCCEEDED",
          "2026-01-03T00:00:00Z SUCCEEDED",
          "2026-01-04T00:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void catchingUpWithCancelRunningCancelsNothingAndADateOnTimeDoes(TestDatabase database) {
    try (var flights = downForThreeDays(database, "overlap_policy = 'CANCEL_RUNNING'")) {
      flights.closeGate("2026-01-04T00:00:00Z").lead();
      flights.awaitRuns("2026-01-02T00:00:00Z RUNNING");
      flights.openGate("2026-01-02T00:00:00Z");
      flights.awaitRuns(
          "2026-01-02T00:00:00Z SUCCEEDED",
          "2026-01-03T00:00:00Z SUCCEEDED",
          "2026-01-04T00:00:00Z RUNNING");

      flights.clock.set("2026-01-05T00:00:01Z");

      flights.awaitRuns(
          "2026-01-02T00:00:00Z SUCCEEDED",
          "2026-01-03T00:00:00Z SUCCEEDED",
          "2026-01-04T00:00:00Z CANCELLED",
          "2026-01-05T00:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void catchingUpInParallelFillsThePlacesAndQueuesNothing(TestDatabase database) {
    try (var flights =
        downForThreeDays(database, "overlap_policy = 'PARALLEL', overlap_limit = 2")) {
      flights.closeGate("2026-01-03T00:00:00Z").closeGate("2026-01-04T00:00:00Z").lead();
      flights.awaitRuns("2026-01-02T00:00:00Z RUNNING", "2026-01-03T00:00:00Z RUNNING");

      flights.openGate("2026-01-03T00:00:00Z");

      flights.awaitRuns(
          "2026-01-02T00:00:00Z RUNNING",
          "2026-01-03T00:00:00Z SUCCEEDED",
          "2026-01-04T00:00:00Z RUNNING");
    }
  }

  @BothDatabases
  void aDateOnTimeIsQueuedBehindTheOneThatRuns(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:30:00Z")) {
      flights.edit("run_frequency = 'hourly'").closeGate("2026-01-01T13:00:00Z").begun();
      flights.clock.set("2026-01-01T13:00:01Z");
      flights.awaitRuns("2026-01-01T13:00:00Z RUNNING");
      flights.clock.set("2026-01-01T14:00:01Z");
      flights.awaitRuns("2026-01-01T13:00:00Z RUNNING", "2026-01-01T14:00:00Z QUEUED");

      flights.openGate("2026-01-01T13:00:00Z");

      flights.awaitRuns("2026-01-01T13:00:00Z SUCCEEDED", "2026-01-01T14:00:00Z SUCCEEDED");
    }
  }

  @BothDatabases
  void anEditReachesTheScheduleWithinASecond(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:30:00Z")) {
      flights.edit("run_frequency = 'yearly'").begun();
      for (String frequency : new String[] {"daily", "hourly", "weekly"}) {
        long begun = System.nanoTime();
        flights.edit("run_frequency = '" + frequency + "'");
        ScheduleFixture.await(() ->
            flights.engine.text("select run_frequency from execution.schedules").equals(frequency));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      }
    }
  }

  @BothDatabases
  void aScheduleThatCannotBeRecordedWaitsAndHoldsNobodyUp(TestDatabase database) {
    try (var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z")) {
      flights.edit("run_frequency = 'daily'").begun();
      flights.engine.pipeline("trains", 1, 1);
      flights
          .engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  alter table execution.runs add constraint poison
                    check (trigger_kind <> 'schedule')
                  """));

      flights.clock.set("2026-01-02T00:00:01Z");
      ScheduleFixture.await(() ->
          flights.number(
                  "select count(*) from execution.schedules where problems like '%recorded%'")
              == 1);
      flights.engine.awaitRun(flights.engine.start("trains"), "SUCCEEDED");
      flights
          .engine
          .jdbi()
          .useHandle(handle -> handle.execute("alter table execution.runs drop constraint poison"));
      flights.edit("description = 'try again'");

      flights.awaitRuns("2026-01-02T00:00:00Z SUCCEEDED");
      assertThat(flights.cursor()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
    }
  }

  /** Catching up daily; the run of the 2nd waits. Nobody leads, and it is noon of the 4th. */
  private static ScheduleFixture downForThreeDays(TestDatabase database, String policy) {
    var flights = new ScheduleFixture(database, "2026-01-01T12:00:00Z");
    flights
        .edit("run_frequency = 'daily', is_catching_up = true, " + policy)
        .closeGate("2026-01-02T00:00:00Z")
        .begun();
    flights.engine.stopLeading();
    flights.clock.set("2026-01-04T12:00:00Z");
    return flights;
  }
}
