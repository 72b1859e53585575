package dev.core.orchestrator.compute.simulated;

import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.compute.JobRequest;
import java.time.Duration;
import java.util.List;

/**
 * What becomes of simulated jobs. The same question must always get the same answer, whatever was
 * asked in between: then the order of submissions changes nothing.
 */
public interface Scenario {

  /** How long a job waits at the backend before its worker starts. */
  Duration waits(JobRequest request);

  /** What the worker of a job does once it has claimed. */
  Performance performs(JobRequest request, WorkOrder order);

  /**
   * @param lasts unless the time-out is shorter: then it ends as {@code TIMEOUT}
   * @param log what it prints
   */
  record Performance(Duration lasts, End end, List<String> log) {
    public Performance {
      log = List.copyOf(log);
    }
  }

  /** How a worker ends. */
  sealed interface End {

    /** It writes its outcome and exits with the code that belongs to it. */
    record Says(Outcome outcome) implements End {}

    /** Its host is lost: no word, no outcome. */
    record Dies(String reason) implements End {}
  }
}
