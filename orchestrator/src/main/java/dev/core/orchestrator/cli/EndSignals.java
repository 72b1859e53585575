package dev.core.orchestrator.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Takes the signals that ask this process to end (Ctrl-C, SIGTERM) as a wish, so that the work at
 * hand can be ended in its order. A shutdown hook would not do: the embedded database has one too,
 * and the two would race. A second signal ends the process at once.
 */
final class EndSignals implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM");

  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private final CountDownLatch asked = new CountDownLatch(1);

  EndSignals() {
    for (var name : NAMES) {
      var signal = new Signal(name);
      before.put(signal, Signal.handle(signal, this::received));
    }
  }

  private void received(Signal signal) {
    if (asked.getCount() == 0) {
      Runtime.getRuntime().halt(128 + signal.getNumber());
    }
    asked.countDown();
  }

  /** Whether the process was asked to end, now or while resting for that time. */
  boolean askedWithin(Duration rest) throws InterruptedException {
    return asked.await(rest.toNanos(), TimeUnit.NANOSECONDS);
  }

  void await() throws InterruptedException {
    asked.await();
  }

  /** From here on the signals do what they did before. */
  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
