package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.store.RecordedConfiguration;
import dev.core.orchestrator.store.RecordedRuns;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code core rerun}, up to the row that it leaves. */
@Timeout(60)
class RerunCommandTest {

  @TempDir Path home;
  private CoreUnderTest core;

  @BeforeEach
  void recordRuns() {
    core =
        new CoreUnderTest(home)
            .prepared(jdbi -> {
              RecordedConfiguration.pipeline(jdbi, "flights");
              RecordedConfiguration.waves(jdbi, "flights");
              new RecordedRuns(jdbi).failedRun(1, "flights");
              new RecordedRuns(jdbi).runningRun(2, "flights");
            });
  }

  @Test
  void aDryRunShowsWhatChangedWhatIsTakenOverAndWhatRuns() {
    var ended = core.run("rerun", "1", "--dry-run");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("a rerun of run 1 of flights", "definition: ", "parameters: the same")
        .contains("taken over  the same in attempt 1 of run 1")
        .contains("runs        FAILED in run 1")
        .contains("1 of 2 tasks taken over, 1 to run");
    assertThat(core.run("rerun", "1", "--all", "--dry-run", "--json").json().path("taken").asInt())
        .isZero();
  }

  @Test
  void anotherParameterRunsEverything() {
    var ended = core.run("rerun", "1", "--param", "year=1999", "--dry-run");

    assertThat(ended.out())
        .contains("- 2001", "+ 1999", "parameter year 2001 -> 1999")
        .contains("downstream of flights_raw_shell_1", "0 of 2 tasks taken over");
  }

  @Test
  void whatIsAskedIsShownFirstAndQueuedOnlyIfThatIsWanted() {
    assertThat(core.run("rerun", "1").code()).isEqualTo(2);
    assertThat(core.answering("").run("rerun", "1").err()).contains("nothing was done");
    assertThat(core.answering("y").run("rerun", "1").out()).contains("queued as command 1");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThat(core.run("rerun", "2", "--yes").err()).contains("run 2 is RUNNING");
    assertThat(core.run("rerun", "1", "--param", "colour=red", "--yes"))
        .satisfies(ended -> {
          assertThat(ended.code()).isEqualTo(1);
          assertThat(ended.err()).contains("colour");
        });
    core.prepared(jdbi ->
        jdbi.useHandle(handle ->
            handle.execute(
                "update execution.tasks set status = 'SUCCEEDED' where task_index = 3")));
    core.prepared(jdbi ->
        jdbi.useHandle(
            handle -> handle.execute("delete from configuration.transformations where id = 2")));
    assertThat(core.run("rerun", "1", "--yes").err())
        .contains("nothing has changed since run 1; --all runs everything");
  }
}
