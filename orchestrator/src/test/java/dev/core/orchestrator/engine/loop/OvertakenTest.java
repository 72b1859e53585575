package dev.core.orchestrator.engine.loop;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.command.Command;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

class OvertakenTest {

  @BothDatabases
  void aRunIsCancelledThoughItsWorkersRenewAllTheTime(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead();
        var renewing = Executors.newSingleThreadScheduledExecutor()) {
      engine.pipeline("flights", 1, 8);
      var started = new CountDownLatch(8);
      engine.backend.script =
          _ -> {
            started.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              return null;
            }
            return null;
          };
      long run = engine.start("flights");
      started.await();
      var turn = new java.util.concurrent.atomic.AtomicInteger();
      var renewals =
          renewing.scheduleAtFixedRate(
              () -> renew(engine, 1 + turn.getAndIncrement() % 8),
              0,
              Duration.ofMillis(12).toMillis(),
              TimeUnit.MILLISECONDS);

      engine.ask(new Command.CancelRun(run, "not needed"));
      engine.awaitRun(run, "CANCELLED");

      renewals.cancel(false);
    }
  }

  private static void renew(EngineFixture engine, int attempt) {
    engine
        .jdbi()
        .useHandle(handle ->
            handle.execute(
                """
                update execution.claims set renewed_at = execution.clock()
                where attempt_id = ? and closed_at is null and claimant is not null
                """,
                attempt));
  }
}
