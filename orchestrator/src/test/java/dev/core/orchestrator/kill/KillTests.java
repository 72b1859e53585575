package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.process.LiveProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Each database has its own subclass. */
@Tag("local")
abstract class KillTests {

  private static final long SEED = 20_261_122;

  // Processes that were just killed may still be writing there.
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  Installed core;

  /** What names the database, if it is not the embedded default. */
  abstract Map<String, String> databaseSettings();

  /** Who is killed, one after the other: 1 the orchestrator, 2 the workers, 3 all at once. */
  abstract List<Integer> kills();

  /** Removes the database, when nobody uses it any more. */
  abstract void drop();

  @BeforeEach
  void install() {
    core = new Installed(folder, databaseSettings());
  }

  @AfterEach
  void remove() {
    try {
      core.close();
    } finally {
      drop();
    }
  }

  @Test
  void aRunSurvivesItsOrchestratorAndNothingOfItIsLostOrDoneTwice() {
    core.pipeline("kills", 3, 3, 2);
    // The server opens the database first: embedded, it is the one that serves the others.
    core.disconnect();
    core.startServer();
    long run = core.start("kills");
    core.awaitEvidence(4);
    long epoch = epoch();

    core.killServer();
    core.useDatabase(handle -> {
      handle.execute(
          """
          update configuration.transformation_variables
          set text_value = replace(text_value, 'first"', 'second"') where name = 'command'
          """);
      handle.execute("update configuration.transformations set graph_order = 0");
      handle.execute("update configuration.transformation_templates set attempts = 7");
    });
    core.startServer();
    core.awaitSucceeded(run);

    new Effects(core).areOnceAndWhole(run);
    assertThat(core.number("select max(number) from execution.attempts"))
        .as("what workers did meanwhile counts")
        .isEqualTo(1);
    assertThat(epoch()).isGreaterThan(epoch);
    assertThat(core.evidence.words(run)).as("the run is sealed").isEqualTo(Map.of("first", 8L));

    long next = core.start("kills");
    core.awaitSucceeded(next);
    assertThat(core.evidence.words(next)).isEqualTo(Map.of("second", 8L));
    assertThat(core.number("select max(wave) from execution.tasks where run_id = " + next))
        .as("all in one wave now")
        .isZero();
  }

  @Test
  void aLostWorkerIsNotHeldAgainstTheTaskAndItsChildrenDieWithIt() {
    core.pipeline("kills", 2);
    var first = folder.resolve("first");
    core.useDatabase(handle ->
        Configured.task(
            handle,
            "kills",
            0,
            "hanging",
            """
            if [ ! -e %1$s ]; then sleep 300 & echo $! > %1$s.new; mv %1$s.new %1$s; wait; fi
            %2$s
            """
                .formatted(first, core.evidence.task("again"))));
    core.startServer();
    long run = core.start("kills");
    var child = pid(first);

    core.awaitWorkers().forEach(Programs::kill);

    await().atMost(Duration.ofSeconds(5)).until(() -> !LiveProcess.isAlive(child));
    core.awaitSucceeded(run);
    new Effects(core).areOnceAndWhole(run);
    assertThat(core.evidence.words(run)).containsEntry("again", 1L);
    assertThat(
            core.text(
                """
                select string_agg(distinct failure_class, ' ') from (
                  select failure_class from execution.attempts
                  where failure_class is not null) failed
                """))
        .isEqualTo("INFRASTRUCTURE");
    assertThat(core.number("select sum(user_failures) from execution.tasks")).isZero();
    assertThat(core.number("select max(number) from execution.attempts")).isEqualTo(2);
  }

  @Test
  void aLongRunSurvivesWhateverIsKilledAgainAndAgain() {
    core.pipeline("kills", 4, 6, 1, 6, 4, 3, 6, 1, 6, 4);
    core.disconnect();
    core.startServer();
    long run = core.start("kills");
    var random = new Random(SEED);

    // Both at once first, and nobody left who has the database open.
    for (int victims : kills()) {
      core.awaitEvidence(core.evidence.size() + 1 + random.nextInt(8));
      var workers = (victims & 2) == 0 ? List.<ProcessHandle>of() : core.awaitWorkers();
      core.disconnect();
      if ((victims & 1) != 0) {
        core.killServer();
      }
      workers.forEach(Programs::kill);
      if ((victims & 1) != 0) {
        core.startServer();
      }
    }
    core.awaitSucceeded(run);

    new Effects(core).areOnceAndWhole(run);
    assertThat(core.number("select sum(user_failures) from execution.tasks")).isZero();
  }

  private long epoch() {
    return core.number("select epoch from execution.leadership");
  }

  private static ProcessHandle pid(Path file) {
    await().atMost(Installed.PATIENCE).until(() -> Files.exists(file));
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
