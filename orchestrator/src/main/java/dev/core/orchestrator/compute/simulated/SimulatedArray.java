package dev.core.orchestrator.compute.simulated;

import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import java.time.Instant;
import java.util.List;

/** An array and its members, in their order. For one thread. */
record SimulatedArray(
    String id, JobRequest request, Instant createdAt, List<SimulatedJob> members) {

  SimulatedArray {
    members = List.copyOf(members);
  }

  JobReport report() {
    int[] counts = new int[Status.values().length];
    members.forEach(member -> counts[member.status().ordinal()]++);
    int failed = counts[Status.FAILED.ordinal()];
    return JobReport.ofArray(
        id,
        request.name(),
        createdAt,
        new JobReport.Members(
            counts[Status.PENDING.ordinal()],
            counts[Status.RUNNING.ordinal()],
            counts[Status.SUCCEEDED.ordinal()],
            failed),
        failed == 0 ? null : "%,d of its members failed".formatted(failed));
  }
}
