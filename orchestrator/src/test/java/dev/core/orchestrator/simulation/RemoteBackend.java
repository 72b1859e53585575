package dev.core.orchestrator.simulation;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as one orchestrator reaches it: requests and answers get lost, late or doubled on the
 * way, and the caller stands still or dies while it waits.
 */
final class RemoteBackend implements ComputeBackend {

  private final OrchestratorLife caller;
  private final Route route;
  private final Cluster cluster;
  private final Chance chance;
  private final Faults faults;
  private final Trace trace;

  RemoteBackend(Simulation simulation, OrchestratorLife caller) {
    this.caller = caller;
    this.route = new Route(simulation, caller);
    this.cluster = simulation.cluster();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.trace = simulation.trace();
  }

  @Override
  public String mode() {
    return "simulated";
  }

  @Override
  public Duration settleTime() {
    return Cluster.SETTLE;
  }

  @Override
  public int submissionBudget() {
    return cluster.submissionBudget();
  }

  @Override
  public Submission submit(JobRequest request) {
    String place = shortName(request.name());
    cluster.asked(caller, request);
    route.travel(null, place);
    if (faults.strikes(FaultKind.REQUEST_LATE, place)) {
      // The caller does not wait for so long.
      cluster.submitLater(request, chance.micros(500, 70_000, "delay"));
      return answered(place, new Submission.Unknown("timed out"));
    }
    if (faults.strikes(FaultKind.THROTTLED, place)) {
      cluster.certainlyNone(request);
      return answered(place, new Submission.Throttled("too many requests"));
    }
    if (faults.strikes(FaultKind.REFUSED, place)) {
      cluster.certainlyNone(request);
      boolean ours = chance.happens(0.5, "refused");
      return answered(
          place,
          new Submission.Refused(
              ours ? FailureClass.CONFIGURATION : FailureClass.INFRASTRUCTURE, "no such queue"));
    }
    if (faults.strikes(FaultKind.REQUEST_LOST, place)) {
      route.travel(FaultKind.REPLY_LATE, place);
      return answered(place, new Submission.Unknown("the request was lost"));
    }
    String jobId = cluster.submit(request);
    if (faults.strikes(FaultKind.DUPLICATED, place)) {
      String _ = cluster.submit(request);
    }
    route.travel(FaultKind.REPLY_LATE, place);
    return answered(
        place,
        faults.strikes(FaultKind.REPLY_LOST, place)
            ? new Submission.Unknown("the answer was lost")
            : new Submission.Accepted(jobId));
  }

  private Submission answered(String place, Submission answer) {
    trace.line(caller.name(), () -> "submit " + place + ": " + answer);
    return answer;
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    return asked(
        "describe",
        () -> {
          var found = new TreeMap<String, JobReport>();
          for (String jobId : jobIds) {
            JobReport report = cluster.report(jobId);
            if (report != null) {
              found.put(jobId, report);
            }
          }
          return found;
        });
  }

  @Override
  public List<JobReport> failedMembers(String arrayId) {
    return asked("members " + arrayId, () -> cluster.failedMembers(arrayId));
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    return asked("find " + shortName(jobName), () -> cluster.named(jobName));
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    Object _ =
        asked(
            "terminate " + jobIds,
            () -> {
              jobIds.forEach(jobId -> cluster.terminate(jobId, reason));
              return jobIds;
            });
  }

  private interface Question<T> {
    T ask();
  }

  private <T> T asked(String what, Question<T> question) {
    String place = what.split(" ", 2)[0];
    route.travel(FaultKind.REQUEST_LATE, place);
    requireNot(FaultKind.REQUEST_LOST, place);
    requireNot(FaultKind.THROTTLED, place);
    T answer = question.ask();
    if (faults.strikes(FaultKind.DUPLICATED, place)) {
      T _ = question.ask();
    }
    route.travel(FaultKind.REPLY_LATE, place);
    requireNot(FaultKind.REPLY_LOST, place);
    trace.line(caller.name(), () -> what + ": " + answer);
    return answer;
  }

  private void requireNot(FaultKind kind, String place) {
    if (faults.strikes(kind, place)) {
      trace.line(caller.name(), () -> place + ": " + kind.text());
      throw new BackendUnavailable(kind.text(), null);
    }
  }

  @Override
  public Subscription subscribe(Consumer<JobReport> listener) {
    Consumer<JobReport> heard = report -> caller.call(() -> listener.accept(report));
    cluster.events().add(heard);
    return () -> cluster.events().remove(heard);
  }

  /** Without the part that depends on the token. */
  static String shortName(String jobName) {
    String[] parts = jobName.split("-", 5);
    if (parts.length < 3) {
      return jobName;
    }
    String attempt = parts[0] + "-" + parts[1] + "-" + parts[2];
    // Of a task that is split, which of its chunks.
    return parts.length > 4 && parts[3].matches("i\\d+") ? attempt + "-" + parts[3] : attempt;
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    return new LogPage(List.of(), "end");
  }

  @Override
  public void close() {}
}
