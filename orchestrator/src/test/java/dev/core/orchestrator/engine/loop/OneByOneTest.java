package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.protocol.Outcome;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a step does when it could not be journalled as a whole. */
class OneByOneTest {

  @BothDatabases
  void runsTriedOneByOneStillWaitForEachOther(TestDatabase testDatabase) throws Exception {
    try (var engine = new EngineFixture(testDatabase).lead()) {
      engine.pipeline("poisoned", 1, 1);
      engine.pipeline("flights", 1, 1);
      engine
          .jdbi()
          .useHandle(handle ->
              handle.execute(
                  """
                  alter table execution.tasks add constraint poison
                    check (run_id > 1 or status <> 'SUCCEEDED' or kind = 'SPACER')
                  """));
      var started = new CountDownLatch(2);
      var poison = new CountDownLatch(1);
      var flights = new CountDownLatch(1);
      engine.backend.script =
          order -> {
            started.countDown();
            try {
              (order.pipeline().equals("poisoned") ? poison : flights).await();
            } catch (InterruptedException e) {
              return null;
            }
            return Outcome.success(null, List.of());
          };
      long poisoned = engine.start("poisoned");
      long first = engine.start("flights");
      long second = engine.start("flights");
      started.await();

      poison.countDown();
      await()
          .atMost(EngineFixture.PATIENCE)
          .until(() ->
              engine.number("select count(*) from execution.runs where quarantined_at is not null")
                  == 1);

      assertThat(engine.runStatus(poisoned)).isEqualTo("RUNNING");
      assertThat(engine.runStatus(second)).isEqualTo("QUEUED");
      flights.countDown();
      engine.awaitRun(first, "SUCCEEDED");
      engine.awaitRun(second, "SUCCEEDED");
    }
  }
}
