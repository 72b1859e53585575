package dev.core.orchestrator.engine.loop;

import static org.awaitility.Awaitility.await;

import dev.core.bench.Counted;
import dev.core.bench.Counted.Counts;
import dev.core.common.database.Database;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.engine.Example;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A leader that takes its steps when it is told to, over a counted database. */
final class Leading implements AutoCloseable {

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
                "me", Duration.ofMinutes(5), Example.POLICY, "main", "/nowhere", 20_000),
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

  /** What a run asks of the database, whose jobs all succeed as soon as they are submitted. */
  long statementsOf(String pipeline) {
    var before = counted.counts();
    start(pipeline);
    long run = engine.number("select max(id) from execution.runs");
    while (!engine.runStatus(run).equals("SUCCEEDED")) {
      engine.succeedAll();
      var _ = turn();
    }
    return counted.counts().minus(before).statements();
  }

  @Override
  public void close() {
    candidate.close();
  }
}
