package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;

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

  /** In portions, as the backend takes them; H2, where it takes longer, has a smaller run. */
  @BothDatabases
  void aTaskOfAVeryWideRunCostsWhatOneOfATenthOfItDoes(TestDatabase testDatabase) {
    try (var engine = new EngineFixture(testDatabase);
        var leading = new Leading(engine)) {
      int width = engine.isPostgres() ? 10_000 : 3_000;
      engine.backend.starts = false;
      engine.backend.budget = width / 20;
      engine.wide("wide", width / 10);
      engine.wide("very_wide", width);

      double wide = leading.statementsOf("wide") / (width / 10.0);
      double veryWide = leading.statementsOf("very_wide") / (double) width;

      assertThat(veryWide).isLessThanOrEqualTo(wide);
    }
  }
}
