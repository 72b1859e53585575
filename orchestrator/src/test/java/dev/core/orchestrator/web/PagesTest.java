package dev.core.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.api.ServerUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PagesTest {

  private ServerUnderTest server;

  @BeforeEach
  void start() throws Exception {
    server = new ServerUnderTest(TestDatabases.h2());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void firstPageListsPipelinesAndRunsWithStatusByShapeAndWord() {
    server.recorded().failedRun(1, "flights");
    server.recorded().runningRun(2, "flights");

    var page = server.get("/").body();

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("flights", "acme", "shop", "by hand")
        .contains("href=\"/runs/2\"", "✘</span> failed", "▶</span> running", "1m 30s", "1/2");
  }

  @Test
  void everyPageOfASimulatedServerSaysSoAndNoPageOfAnother() throws Exception {
    server.recorded().failedRun(1, "flights");
    assertThat(server.get("/").body()).doesNotContain("Simulated");

    try (var simulated = new ServerUnderTest(TestDatabases.h2(), true)) {
      simulated.recorded().failedRun(1, "flights");

      assertThat(simulated.get("/").body()).contains("Simulated: nothing that is shown here");
      assertThat(simulated.get("/runs/1").body()).contains("Simulated: nothing that is shown here");
    }
  }

  @Test
  void emptyStoreSaysWhatToDo() throws Exception {
    server
        .jdbi()
        .useHandle(handle -> {
          handle.execute("delete from configuration.pipeline_parameters");
          handle.execute("delete from configuration.pipelines");
        });

    assertThat(server.get("/").body()).contains("core config import", "core run PIPELINE");
  }

  @Test
  void runsAreFilteredByAddressAndPartsKeepTheFilter() {
    server.recorded().failedRun(1, "flights");
    server.recorded().runningRun(2, "flights");

    var page = server.get("/?status=failed").body();

    assertThat(page).contains("run-1\"", "hx-get=\"/parts/runs?status=failed\"");
    assertThat(page).doesNotContain("run-2\"");
    assertThat(server.get("/parts/runs?status=failed").body())
        .contains("run-1\"")
        .doesNotContain("<html", "run-2\"");
    assertThat(server.get("/?status=odd").status()).isEqualTo(400);
  }

  @Test
  void runHasPageWithItsTasksAndTheirFailures() {
    server.recorded().failedRun(1, "flights");

    assertThat(server.get("/runs/1").body())
        .contains(
            "Run 1 of flights", "flights_ingest_sql_2", "USER: no such column", "year = 2001");
    assertThat(server.get("/parts/runs/1").body()).contains("flights_ingest_sql_2");
  }

  @Test
  void whateverComesFromDataIsEscaped() {
    server.recorded().failedRun(1, "<script>alert(1)</script>");
    server
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                "update execution.tasks set failure_message = '<img src=x onerror=alert(2)>'"
                    + " where failure_message is not null"));

    assertThat(server.get("/").body()).doesNotContain("<script>alert");
    assertThat(server.get("/runs/1").body()).doesNotContain("<script>alert", "<img");
    assertThat(server.get("/?pipeline=%22%3E%3Cscript%3Ealert(3)").body())
        .doesNotContain("<script>alert");
  }

  @Test
  void filesOfPagesAreServed() {
    assertThat(server.get("/assets/htmx.js").body()).contains("htmx");
    assertThat(server.get("/assets/core.css").header("Content-Type")).contains("text/css");
    assertThat(server.get("/assets/live.js").body()).contains("EventSource");
    assertThat(server.get("/assets/../core.css").status()).isEqualTo(404);
  }
}
