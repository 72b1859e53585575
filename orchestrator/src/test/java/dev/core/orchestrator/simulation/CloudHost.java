package dev.core.orchestrator.simulation;

import dev.core.orchestrator.compute.cloud.CloudOptions;
import dev.core.orchestrator.compute.cloud.InProcessCloud;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** An orchestrator as the cloud backend finds it around itself. */
final class CloudHost implements InProcessCloud.Host {

  private final OrchestratorLife life;
  private final StateQueue queue;
  private final Executor calls;
  private final LongSupplier nanos;

  private CloudHost(OrchestratorLife life, StateQueue queue, Executor calls, LongSupplier nanos) {
    this.life = life;
    this.queue = queue;
    this.calls = calls;
    this.nanos = nanos;
  }

  /**
   * The backend of that orchestrator.
   *
   * @param calls takes a step of it that is not of its leader's thread
   */
  static InProcessCloud backend(
      Simulation simulation, OrchestratorLife life, Executor calls, LongSupplier nanos) {
    Cluster cluster = simulation.cluster();
    return new InProcessCloud(
        new CloudOptions(
            BatchWords.QUEUE,
            BatchWords.DEFINITION,
            simulation.scenario().submitRate(),
            cluster.events().told() ? "http://in.process/queue" : null,
            null,
            Cluster.SETTLE),
        new CloudWire(simulation, life),
        new CloudHost(life, cluster.stateQueue(), calls, nanos));
  }

  @Override
  public LongSupplier nanos() {
    return nanos;
  }

  @Override
  public void sleep(Duration time) {
    life.pass(time.toNanos() / 1_000);
  }

  @Override
  public Executor background() {
    return calls;
  }

  @Override
  public void whenMessages(Supplier<Boolean> wanted, Runnable read) {
    queue.read(() -> life.alive() && wanted.get(), read);
  }
}
