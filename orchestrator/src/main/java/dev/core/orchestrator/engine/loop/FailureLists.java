package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.JobReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks who of an array has failed: only when more have than were listed, since lists may lag behind
 * the count. Used by one look at a time.
 */
final class FailureLists {

  private final ComputeBackend backend;
  private final Map<String, Integer> listed = new HashMap<>();

  FailureLists(ComputeBackend backend) {
    this.backend = backend;
  }

  /**
   * All that are listed by now; empty if there are no more than were listed before.
   *
   * @throws BackendUnavailable if the backend does not list them
   */
  List<JobReport> ask(JobReport array) {
    if (listed.getOrDefault(array.jobId(), 0) >= array.failedMembers()) {
      return List.of();
    }
    List<JobReport> failed = backend.failedMembers(array.jobId());
    listed.put(array.jobId(), failed.size());
    return failed;
  }

  /** The others are of no interest any more. */
  void retain(Collection<String> jobIds) {
    listed.keySet().retainAll(jobIds);
  }
}
