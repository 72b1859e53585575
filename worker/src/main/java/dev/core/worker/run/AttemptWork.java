package dev.core.worker.run;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import java.util.function.Consumer;

/** What an attempt consists of. Thread-safe: one serves all attempts of a process. */
@FunctionalInterface
public interface AttemptWork {

  /**
   * Does it in the calling thread. An interrupt asks it to end soon. Any exception is a failure;
   * {@link Failures} says of which class.
   *
   * @param partition from 0
   * @param progress takes words on how far it is; quick
   */
  Outcome perform(WorkOrder order, int partition, Consumer<String> progress) throws Exception;
}
