package dev.core.orchestrator.store;

import java.util.List;
import java.util.Map;

/** What backends say, when they are asked, of jobs that have not begun. Thread-safe. */
@FunctionalInterface
public interface JobWords {

  /** Nobody is asked. */
  JobWords NONE = (_, _, _) -> Map.of();

  /**
   * Words for people by job id; of a backend that cannot be asked, that it cannot.
   *
   * @param mode of the backend
   * @param queue that all of the jobs were submitted to
   */
  Map<String, String> of(String mode, String queue, List<String> jobIds);
}
