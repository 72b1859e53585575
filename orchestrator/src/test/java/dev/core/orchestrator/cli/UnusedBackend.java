package dev.core.orchestrator.cli;

import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Runs nothing; tests override what is asked of it. */
abstract class UnusedBackend implements ComputeBackend {

  @Override
  public String mode() {
    return "local";
  }

  @Override
  public Duration settleTime() {
    return Duration.ZERO;
  }

  @Override
  public int submissionBudget() {
    return 0;
  }

  @Override
  public Submission submit(JobRequest request) {
    throw new AssertionError("nothing is submitted");
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    return Map.of();
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    return List.of();
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {}

  @Override
  public void close() {}
}
