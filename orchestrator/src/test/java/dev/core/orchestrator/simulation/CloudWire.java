package dev.core.orchestrator.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.cloud.InProcessCloud;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The cluster as AWS Batch, at the other end of one orchestrator's wire: requests and answers get
 * lost, late or doubled on the way.
 */
final class CloudWire implements InProcessCloud.Wire {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long SECOND = 1_000_000;

  private final OrchestratorLife caller;
  private final Route route;
  private final Cluster cluster;
  private final Timeline time;
  private final Chance chance;
  private final Faults faults;
  private final Trace trace;
  private final int rate;
  private final Deque<Long> submissions = new ArrayDeque<>();

  CloudWire(Simulation simulation, OrchestratorLife caller) {
    this.caller = caller;
    this.route = new Route(simulation, caller);
    this.cluster = simulation.cluster();
    this.rate = simulation.scenario().submitRate();
    this.time = simulation.time();
    this.chance = simulation.chance();
    this.faults = simulation.faults();
    this.trace = simulation.trace();
  }

  @Override
  public InProcessCloud.Answer call(String operation, JsonNode request) throws IOException {
    return operation.equals("submitjob")
        ? submit(BatchWords.request(request))
        : ask(operation, request);
  }

  private InProcessCloud.Answer submit(JobRequest request) throws IOException {
    String place = RemoteBackend.shortName(request.name());
    cluster.asked(caller, request);
    atMostTheRate();
    route.travel(null, place);
    if (faults.strikes(FaultKind.REQUEST_LATE, place)) {
      cluster.submitLater(request, chance.micros(500, 70_000, "delay"));
      throw lost(place, "timed out");
    }
    if (faults.strikes(FaultKind.THROTTLED, place)) {
      cluster.certainlyNone(request);
      return refused(place, 429, "TooManyRequestsException", "Too Many Requests");
    }
    if (faults.strikes(FaultKind.REFUSED, place)) {
      cluster.certainlyNone(request);
      return refused(place, 400, "ClientException", "JobQueue is not ENABLED.");
    }
    if (faults.strikes(FaultKind.REQUEST_LOST, place)) {
      route.travel(FaultKind.REPLY_LATE, place);
      if (chance.happens(0.5, "lost")) {
        return refused(place, 500, "ServerException", "An internal error has occurred.");
      }
      throw lost(place, "the request was lost");
    }
    String jobId = cluster.submit(request);
    if (faults.strikes(FaultKind.DUPLICATED, place)) {
      String _ = cluster.submit(request);
    }
    route.travel(FaultKind.REPLY_LATE, place);
    if (faults.strikes(FaultKind.REPLY_LOST, place)) {
      throw lost(place, "the answer was lost");
    }
    var answer = JSON.objectNode().put("jobId", jobId).put("jobName", request.name());
    return answered("submit " + place, answer);
  }

  private void atMostTheRate() {
    long now = time.micros();
    submissions.addLast(now);
    while (submissions.getFirst() <= now - SECOND) {
      submissions.removeFirst();
    }
    // What was saved up, and what came in meanwhile.
    if (submissions.size() > 2 * rate) {
      throw new Violation(
          Law.LIMITS,
          "%s submits %d jobs within a second".formatted(caller.name(), submissions.size()));
    }
  }

  private InProcessCloud.Answer ask(String operation, JsonNode request) throws IOException {
    route.travel(FaultKind.REQUEST_LATE, operation);
    if (faults.strikes(FaultKind.REQUEST_LOST, operation)) {
      throw lost(operation, "the request was lost");
    }
    if (faults.strikes(FaultKind.THROTTLED, operation)) {
      return refused(operation, 429, "TooManyRequestsException", "Too Many Requests");
    }
    ObjectNode answer = answer(operation, request);
    if (faults.strikes(FaultKind.DUPLICATED, operation)) {
      answer = answer(operation, request);
    }
    route.travel(FaultKind.REPLY_LATE, operation);
    if (faults.strikes(FaultKind.REPLY_LOST, operation)) {
      throw lost(operation, "the answer was lost");
    }
    return answered(operation, answer);
  }

  private ObjectNode answer(String operation, JsonNode request) {
    var answer = JSON.objectNode();
    switch (operation) {
      case "describejobs" -> {
        var jobs = answer.putArray("jobs");
        for (JsonNode id : request.path("jobs")) {
          JobReport report = cluster.report(id.asText());
          if (report != null) {
            jobs.add(BatchWords.job(report));
          }
        }
      }
      case "listjobs" -> {
        var jobs = answer.putArray("jobSummaryList");
        String name = request.path("filters").path(0).path("values").path(0).asText();
        cluster.named(name).forEach(report -> jobs.add(BatchWords.listed(report)));
      }
      case "terminatejob" ->
          cluster.terminate(request.path("jobId").asText(), request.path("reason").asText());
      case "describejobqueues" -> answer.putArray("jobQueues").add(BatchWords.queue());
      case "describejobdefinitions" ->
          answer.putArray("jobDefinitions").add(BatchWords.definition());
      case "receivemessage" -> answer = cluster.stateQueue().receive();
      case "deletemessagebatch" -> answer = cluster.stateQueue().delete(request);
      default -> throw new IllegalStateException("the simulation has no " + operation);
    }
    return answer;
  }

  private IOException lost(String place, String how) {
    trace.line(caller.name(), () -> place + ": " + how);
    return new IOException(how);
  }

  private InProcessCloud.Answer refused(String place, int status, String code, String message) {
    trace.line(caller.name(), () -> place + ": " + code);
    return new InProcessCloud.Answer(
        status, code, JSON.objectNode().put("__type", code).put("message", message));
  }

  private InProcessCloud.Answer answered(String place, ObjectNode answer) {
    trace.line(caller.name(), () -> place + ": " + answer);
    return new InProcessCloud.Answer(200, "", answer);
  }
}
