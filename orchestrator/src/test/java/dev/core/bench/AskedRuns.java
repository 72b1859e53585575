package dev.core.bench;

import dev.core.common.database.Dialect;
import dev.core.orchestrator.command.Command;
import dev.core.orchestrator.store.CommandQueue;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for runs as people do, through the queue of commands. */
final class AskedRuns {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final DurableDatabase database;
  private final CommandQueue commands;

  AskedRuns(DurableDatabase database) {
    this.database = database;
    this.commands = new CommandQueue(database.jdbi(), database.dialect() == Dialect.POSTGRES);
  }

  private record Ended(
      String status, @Nullable OffsetDateTime startedAt, @Nullable OffsetDateTime endedAt) {}

  /** Runs a pipeline; gives the seconds from the run's start to its end, as journaled. */
  double toTheEnd(String pipeline) throws InterruptedException {
    return awaitEnd(start(pipeline));
  }

  /** Starts a pipeline; the id of the run. */
  long start(String pipeline) throws InterruptedException {
    var queued =
        commands.submit(
            new Command.StartRun(pipeline, "manual", Map.of(), null),
            UUID.randomUUID().toString(),
            "bench");
    var answer = commands.await(queued.id(), PATIENCE).orElseThrow();
    var runId = answer.runId();
    if (answer.refused() || runId == null) {
      throw new IllegalStateException(answer.message());
    }
    return runId;
  }

  /** The seconds that a run took, when it has ended. */
  double awaitEnd(long runId) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      // Seldom enough not to be in the way of what is measured.
      Thread.sleep(50);
      var run = look(runId);
      if (run.startedAt() != null && run.endedAt() != null) {
        if (!run.status().equals("SUCCEEDED")) {
          throw new IllegalStateException("run " + runId + " ended " + run.status());
        }
        return Duration.between(run.startedAt(), run.endedAt()).toNanos() / 1e9;
      }
    }
    throw new IllegalStateException("run " + runId + " has not ended in " + PATIENCE);
  }

  private Ended look(long runId) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery(
                    "select status, started_at, ended_at from execution.runs where id = :id")
                .bind("id", runId)
                .map((row, _) ->
                    new Ended(
                        row.getString("status"),
                        row.getObject("started_at", OffsetDateTime.class),
                        row.getObject("ended_at", OffsetDateTime.class)))
                .one());
  }
}
