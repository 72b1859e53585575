package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Tasks come in when they start, and end when they are let out. */
final class Gate implements ScriptedBackend.Script {

  /** In this time the leader, which has nothing else to do, sweeps three times. */
  private static final Duration QUIET = Duration.ofMillis(150);

  private final Set<String> inside = ConcurrentHashMap.newKeySet();
  private final Semaphore exits = new Semaphore(0);

  @Override
  public @Nullable Outcome apply(WorkOrder order) {
    String name = order.runId() + "/" + order.taskKey();
    inside.add(name);
    try {
      exits.acquire();
      return Outcome.success(null, List.of());
    } catch (InterruptedException _) {
      return null;
    } finally {
      inside.remove(name);
    }
  }

  void letOut(int tasks) {
    exits.release(tasks);
  }

  /** Tasks that run, as run and key. */
  Set<String> inside() {
    return new TreeSet<>(inside);
  }

  /** Waits until so many run, and sees that it stays so. */
  void awaitInside(int tasks) {
    await().atMost(EngineFixture.PATIENCE).until(() -> inside.size() >= tasks);
    await()
        .during(QUIET)
        .atMost(EngineFixture.PATIENCE)
        .untilAsserted(() -> assertThat(inside()).hasSize(tasks));
  }
}
