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
   * @param index of the claim within the attempt, from 0; the order says which partition that is
   * @param progress takes words on how far it is; quick
   */
  Outcome perform(WorkOrder order, int index, Consumer<String> progress) throws Exception;
}
