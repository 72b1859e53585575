package dev.core.orchestrator.simulation;

import dev.core.common.settings.ClaimSettings;
import dev.core.orchestrator.engine.TaskStatus;
import dev.core.orchestrator.engine.Why;
import dev.core.orchestrator.store.RunQueries;
import dev.core.orchestrator.store.TaskExplanation;
import dev.core.orchestrator.store.WhyQueries;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Every unfinished task has a cause from the closed list; looked at from time to time. */
final class WhyLaw {

  private static final Set<String> CAUSES =
      Arrays.stream(Why.Cause.values())
          .map(cause -> cause.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());

  private final Simulation simulation;
  private final Jdbi jdbi;

  WhyLaw(Simulation simulation) {
    this.simulation = simulation;
    this.jdbi = simulation.server().of(new Life("why")).jdbi();
  }

  void watch() {
    simulation
        .time()
        .after(
            simulation.chance().micros(10_000, 200_000, "why"),
            () -> {
              check();
              watch();
            });
  }

  private void check() {
    if (!simulation.server().reachable()) {
      return;
    }
    var queries =
        new WhyQueries(
            jdbi,
            simulation.scenario().tasksAtOnce(),
            new ClaimSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(90), Simulation.POLICY.claimLease()));
    for (Row run : simulation.laws().rows().runs()) {
      if (run.is("status", "QUEUED", "RUNNING", "CANCELLING")) {
        long id = run.number("id");
        var explained = queries.explain(new RunQueries(jdbi).summary(id).orElseThrow());
        long unfinished =
            simulation.laws().rows().tasks(id).stream()
                .filter(task -> task.is("kind", "TRANSFORMATION"))
                .filter(task -> !task.is("status", TaskLaws.TERMINAL))
                .count();
        explained.forEach(each -> check(id, each));
        long causes = explained.stream().filter(each -> !each.status().terminal()).count();
        if (causes != unfinished) {
          throw new Violation(
              Law.WHY, "run %d has %d unfinished tasks: %s".formatted(id, unfinished, explained));
        }
      }
    }
  }

  private void check(long run, TaskExplanation explanation) {
    TaskStatus status = explanation.status();
    boolean caused = status.terminal() || CAUSES.contains(explanation.cause());
    if (!caused || explanation.text().isBlank() || explanation.remedy().isBlank()) {
      throw new Violation(Law.WHY, "run " + run + ": " + explanation);
    }
    if (!status.terminal()) {
      simulation.tally().count("why " + explanation.cause(), 1);
    }
  }
}
