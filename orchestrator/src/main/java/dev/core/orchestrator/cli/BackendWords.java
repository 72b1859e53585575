package dev.core.orchestrator.cli;

import dev.core.common.settings.Mode;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.store.JobWords;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks AWS Batch of jobs that wait; jobs of the other modes are in the rows, which are read anyway.
 * The backend is opened with the first question and kept. Thread-safe.
 */
final class BackendWords implements JobWords, AutoCloseable {

  private final Supplier<ComputeBackend> opening;
  private @Nullable ComputeBackend backend;

  /**
   * @param opening of the cloud backend
   */
  BackendWords(Supplier<ComputeBackend> opening) {
    this.opening = opening;
  }

  @Override
  public Map<String, String> of(String mode, String queue, List<String> jobIds) {
    if (!mode.equals(Mode.CLOUD.text())) {
      return Map.of();
    }
    try {
      return backend().standing(queue, jobIds);
    } catch (BackendUnavailable | Refused e) {
      String trouble = "what holds it cannot be asked now: " + e.getMessage();
      return jobIds.stream().collect(Collectors.toMap(id -> id, _ -> trouble));
    }
  }

  private synchronized ComputeBackend backend() {
    var opened = backend;
    if (opened == null) {
      opened = opening.get();
      backend = opened;
    }
    return opened;
  }

  @Override
  public synchronized void close() {
    if (backend != null) {
      backend.close();
    }
  }
}
