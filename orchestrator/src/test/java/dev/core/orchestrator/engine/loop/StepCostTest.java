package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.bench.Counted;
import dev.core.bench.Counted.Counts;
import dev.core.common.database.Database;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Example;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What a step of the leader asks of the database, as docs/performance.md promises. */
class StepCostTest {

  /** Now and then a step asks whether the configuration was edited. */
  private static final int MARKER = 1;

  @BothDatabases
  void aStepWithNothingNewReadsOnceAndWritesNothing(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase);
        var leading = new Leading(engine)) {
      leading.turn();

      var cost = leading.turn();

      assertThat(cost.statements()).isLessThanOrEqualTo((engine.isPostgres() ? 1 : 3) + MARKER);
    }
  }

  @BothDatabases
  void theHopOfAChainIsOneTransaction(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase);
        var leading = new Leading(engine)) {
      engine.pipeline("flights", 1, 1, 1, 1, 1, 1);
      leading.start("flights");
      leading.awaitFinished(1);
      leading.turn();
      leading.awaitFinished(2);

      var cost = leading.turn();

      assertThat(engine.number("select count(*) from execution.attempts")).isEqualTo(3);
      if (engine.isPostgres()) {
        // News; then the fence and everything else.
        assertThat(cost.statements()).isLessThanOrEqualTo(3 + MARKER);
        assertThat(cost.transactions()).isLessThanOrEqualTo(2 + MARKER);
      } else {
        assertThat(cost.statements()).isLessThanOrEqualTo(12 + MARKER);
        assertThat(cost.transactions()).isLessThanOrEqualTo(4 + MARKER);
      }
    }
  }

  @BothDatabases
  void aStepCostsTheSameHoweverManyTasksItIsAbout(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase);
        var leading = new Leading(engine)) {
      engine.pipeline("narrow", 1, 1, 2, 1);
      engine.pipeline("wide", 1, 1, 50, 1);

      var narrow = leading.stepThatEndsTheMiddleOf("narrow", 2);
      var wide = leading.stepThatEndsTheMiddleOf("wide", 50);

      assertThat(wide.statements()).isLessThanOrEqualTo(narrow.statements() + MARKER);
      assertThat(wide.transactions()).isLessThanOrEqualTo(narrow.transactions() + MARKER);
    }
  }

  /** A leader that takes its steps when it is told to, over a counted database. */
  private static final class Leading implements AutoCloseable {

    private final EngineFixture engine;
    private final Counted counted;
    private final Candidate candidate;
    private int finished;

    Leading(EngineFixture engine) {
      this.engine = engine;
      this.counted = new Counted(engine.database.dataSource());
      this.candidate =
          new Candidate(
              Database.over(counted.dataSource(), engine.database.dialect()),
              engine.backend,
              (_, _, _) -> List.of(),
              new LeaderOptions(
                  "me", Duration.ofMinutes(5), Example.POLICY, "main", "/nowhere", 10_000),
              new Means(System::nanoTime, new SplittableRandom(1), Runnable::run));
    }

    Counts turn() {
      var before = counted.counts();
      candidate.turn();
      return counted.counts().minus(before);
    }

    void start(String pipeline) {
      var _ =
          engine.commands.submit(
              new Command.StartRun(pipeline, "manual", Map.of(), null), pipeline, "tester");
      var _ = turn();
    }

    Counts stepThatEndsTheMiddleOf(String pipeline, int width) {
      start(pipeline);
      awaitFinished(finished + 1);
      var _ = turn();
      awaitFinished(finished + width);
      var cost = turn();
      awaitFinished(finished + 1);
      var _ = turn();
      return cost;
    }

    /** Until workers have written so many outcomes in all. */
    void awaitFinished(int outcomes) {
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number("select count(*) from execution.claims where finished_at is not null")
                  == outcomes);
      finished = outcomes;
    }

    @Override
    public void close() {
      candidate.close();
    }
  }
}
