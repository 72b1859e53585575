package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.h2.ExecutionClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code core schedule}, {@code pause} and {@code resume}. */
@Timeout(60)
class ScheduleCommandsTest {

  @TempDir Path home;
  private CoreUnderTest core;

  @BeforeEach
  void importPipelines() throws Exception {
    Instant now = Instant.parse("2026-03-27T12:00:00Z");
    ExecutionClock.follow(InstantSource.fixed(now));
    Files.writeString(
        home.resolve("core.yaml"),
        """
        clients: [{name: acme, brands: [{name: road}]}]
        pipeline_types: [{name: etl}]
        templates: [{name: work}]
        pipelines:
          - name: night
            client: acme
            brand: road
            type: etl
            run_frequency: 30 2 * * *
            time_zone: Europe/Berlin
            states: [{state: raw, transformations: [{template: work}]}]
          - name: by_hand
            client: acme
            brand: road
            type: etl
            states: [{state: raw, transformations: [{template: work}]}]
        """);
    core = new CoreUnderTest(home);
    var imported = core.run("config", "import", "core.yaml");
    assertThat(imported.code()).as(imported.err()).isZero();
  }

  @AfterEach
  void followRealTime() {
    ExecutionClock.follow(InstantSource.system());
  }

  @Test
  void nextDatesAreShownInBothTimesWithWhatAChangeOfClocksDoes() {
    var ended = core.run("schedule", "night", "--next", "3");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines().map(String::stripTrailing))
        .containsSubsequence(
            "night runs 30 2 * * * (Europe/Berlin), overlap QUEUE, catching up off: on time",
            "no leader has seen it yet",
            "2026-03-28 01:30:00Z  2026-03-28 02:30:00 +01:00",
            "2026-03-29 01:00:00Z  2026-03-29 03:00:00 +02:00  2026-03-29 02:30 does not exist"
                + " there; this is the first moment after the gap",
            "2026-03-30 00:30:00Z  2026-03-30 02:30:00 +02:00");
    var json = core.run("schedule", "night", "--next", "3", "--json").json();
    assertThat(json.path("status").asText()).isEqualTo("ON_TIME");
    assertThat(json.path("upcoming").path(1).path("logical_date").asText())
        .isEqualTo("2026-03-29T01:00:00Z");
  }

  @Test
  void schedulesAreListedWithWhatHoldsThemUp() {
    core.prepared(jdbi ->
        jdbi.useHandle(handle -> {
          handle.execute(
              """
              insert into execution.schedules (pipeline, run_frequency, time_zone, cursor_at,
                updated_at, blocked_date, blocked_since, problems)
              values ('night', '30 2 * * *', 'Europe/Berlin', '2026-03-24 01:30:00+00',
                '2026-03-24 01:30:00+00', '2026-03-25 01:30:00+00', '2026-03-25 01:30:00+00',
                '["no such template"]')
              """);
        }));

    var list = core.run("schedule");
    assertThat(list.out().lines().skip(1).toList())
        .singleElement()
        .asString()
        .startsWith("night")
        .contains("blocked", "2026-03-28 01:30:00Z", "2026-03-24 01:30:00Z", " 3");
    assertThat(core.run("schedule", "night").out())
        .contains("its configuration allows no run", "  no such template", "3 dates behind");
    assertThat(core.run("pipelines").out()).contains("30 2 * * * (blocked)");

    core.prepared(jdbi ->
        jdbi.useHandle(handle ->
            handle.execute(
                """
                insert into execution.pauses (scope, paused_at, paused_by, reason)
                values ('*', '2026-03-26 00:00:00+00', 'ada', 'maintenance')
                """)));
    assertThat(core.run("schedule", "night").out())
        .contains("every pipeline is paused by ada: maintenance; `core resume --all`");
    assertThat(core.run("pipelines").out()).contains("by hand (paused)");
    assertThat(core.run("schedule", "--json").json().path(0).path("pause").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("scope", "since", "by", "reason");
  }

  @Test
  void whatHasNoScheduleIsRefusedWithWords() {
    assertThat(core.run("schedule", "by_hand").err())
        .contains("pipeline 'by_hand' has no run_frequency: it is started by hand");
    assertThat(core.run("schedule", "nigth").err()).contains("night");
    assertThat(core.run("schedule", "night", "--next", "-1").err())
        .contains("--next is -1; allowed: 0 to 1000");
  }

  @Test
  void pauseAndResumeAskTheLeader() {
    var paused = core.run("pause", "night", "--reason", "late", "--json");
    assertThat(paused.code()).as(paused.err()).isZero();
    assertThat(paused.json().path("status").asText()).isEqualTo("PENDING");
    assertThat(core.run("resume", "--all").code()).isZero();
    assertThat(core.run("pause", "nigth").err()).contains("night");
    assertThat(core.run("pause").code()).isEqualTo(2);
    assertThat(core.run("pause", "night", "--all").code()).isEqualTo(2);

    var bodies = new ArrayList<String>();
    core.prepared(jdbi ->
        jdbi.useHandle(handle ->
            handle
                .createQuery("select body from execution.commands order by id")
                .mapTo(String.class)
                .forEach(bodies::add)));
    assertThat(bodies)
        .containsExactly(
            "{\"command\":\"pause\",\"pipeline\":\"night\",\"reason\":\"late\"}",
            "{\"command\":\"resume\"}");
  }
}
