package dev.core.orchestrator.compute.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.definition.Resources;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.compute.JobRequest;
import dev.core.orchestrator.compute.Submission;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cloud backend, with the SDK and all, in one thread and with no clock of the machine: requests
 * go as JSON to a function, and whoever waits is told to.
 */
public final class InProcessCloud implements ComputeBackend {

  /** What is at the other end of the wire. */
  public interface Wire {

    /**
     * @param operation as AWS names it, in lower case
     * @throws IOException the connection ends with no answer
     */
    Answer call(String operation, JsonNode request) throws IOException;
  }

  /**
   * An answer of AWS.
   *
   * @param status of HTTP
   * @param error the code of an error; empty: it is none
   */
  public record Answer(int status, String error, JsonNode body) {}

  /** The process of the backend. */
  public interface Host {

    /** A monotonic clock, of nanoseconds. */
    LongSupplier nanos();

    /** Time passes for the caller. */
    void sleep(Duration time);

    /** Runs something soon, not now. */
    Executor background();

    /** Asks, whenever there may be messages, to read them; for as long as it is wanted. */
    void whenMessages(Supplier<Boolean> wanted, Runnable read);
  }

  private final Wire wire;
  private final Host host;
  private final CloudBackend backend;

  public InProcessCloud(CloudOptions options, Wire wire, Host host) {
    this.wire = wire;
    this.host = host;
    this.backend =
        SpokenWire.speaking(
            wire,
            host,
            () ->
                CloudBackend.open(
                    options,
                    SpokenWire.clients(),
                    new CloudMeans(
                        new StepwiseThreads(this::background, this::follow),
                        host.nanos(),
                        nanos -> host.sleep(Duration.ofNanos(nanos)))));
  }

  private void background(Runnable call) {
    host.background()
        .execute(() -> {
          Object _ =
              speaking(() -> {
                call.run();
                return call;
              });
        });
  }

  private void follow(StateChanges changes) {
    host.whenMessages(() -> !changes.closed(), () -> background(changes::readOnce));
  }

  private <T> T speaking(Supplier<T> call) {
    return SpokenWire.speaking(wire, host, call);
  }

  @Override
  public String mode() {
    return backend.mode();
  }

  @Override
  public Duration settleTime() {
    return backend.settleTime();
  }

  @Override
  public Target target(Resources resources) {
    return speaking(() -> backend.target(resources));
  }

  @Override
  public int submissionBudget() {
    return backend.submissionBudget();
  }

  @Override
  public int jobsAtOnce() {
    return backend.jobsAtOnce();
  }

  @Override
  public Submission submit(JobRequest request) {
    return speaking(() -> backend.submit(request));
  }

  @Override
  public Map<String, JobReport> describe(Collection<String> jobIds) {
    return speaking(() -> backend.describe(jobIds));
  }

  @Override
  public List<JobReport> findByName(String queue, String jobName) {
    return speaking(() -> backend.findByName(queue, jobName));
  }

  @Override
  public Duration lookEvery(int liveJobs) {
    return backend.lookEvery(liveJobs);
  }

  @Override
  public Subscription subscribe(Consumer<JobReport> listener) {
    return speaking(() -> backend.subscribe(listener));
  }

  @Override
  public void terminate(Collection<String> jobIds, String reason) {
    Object _ =
        speaking(() -> {
          backend.terminate(jobIds, reason);
          return jobIds;
        });
  }

  @Override
  public LogPage logs(String jobId, @Nullable String cursor) {
    return speaking(() -> backend.logs(jobId, cursor));
  }

  /** Nothing to let go of: the clients are for all. */
  @Override
  public void close() {}
}
