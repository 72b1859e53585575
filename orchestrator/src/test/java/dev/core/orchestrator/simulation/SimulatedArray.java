package dev.core.orchestrator.simulation;

import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobReport.Status;
import dev.core.orchestrator.compute.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An array as it truly is: its members, each a job. */
final class SimulatedArray {

  private final Simulation simulation;
  private final String id;
  private final JobRequest request;
  private final List<SimulatedJob> members = new ArrayList<>();
  private long visibleAt;

  SimulatedArray(Simulation simulation, String id, JobRequest request) {
    this.simulation = simulation;
    this.id = id;
    this.request = request;
    this.visibleAt = simulation.time().micros();
    for (int place = 0; place < request.partitions(); place++) {
      members.add(
          new SimulatedJob(
              simulation,
              id + ":" + place,
              new JobRequest(
                  request.name(),
                  request.token(),
                  request.queue(),
                  request.definitionRevision(),
                  request.resources(),
                  1,
                  request.firstIndex() + place,
                  request.priority(),
                  new TreeMap<>(request.labels()))));
    }
  }

  JobRequest request() {
    return request;
  }

  List<SimulatedJob> members() {
    return members;
  }

  void invisibleFor(long micros) {
    visibleAt = simulation.time().micros() + micros;
  }

  /** What is said of it, as it was a while ago; null: it is not known. */
  @Nullable JobReport report(long micros) {
    if (simulation.time().micros() < visibleAt) {
      return null;
    }
    int[] counts = new int[Status.values().length];
    var reports = reports(micros);
    reports.forEach(member -> counts[member.status().ordinal()]++);
    return JobReport.ofArray(
        id,
        request.name(),
        reports.getFirst().createdAt(),
        new JobReport.Members(counts[0], counts[1], counts[2], counts[3]),
        "members failed");
  }

  List<JobReport> failed() {
    return reports(0).stream().filter(member -> member.status() == Status.FAILED).toList();
  }

  private List<JobReport> reports(long micros) {
    return members.stream()
        .flatMap(member -> Stream.ofNullable(member.report(micros)))
        .map(Objects::requireNonNull)
        .toList();
  }
}
