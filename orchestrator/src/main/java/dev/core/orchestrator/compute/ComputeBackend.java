package dev.core.orchestrator.compute;

import dev.core.common.definition.Resources;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where attempts run. Knows nothing of runs, retries or statuses: it starts jobs, tells how they
 * are, ends them. Every implementation passes {@code ComputeBackendContract}. Thread-safe; every
 * call may block, and may be repeated.
 */
public interface ComputeBackend extends AutoCloseable {

  /** {@code simulated}, {@code local}, {@code virtual} or {@code cloud}. */
  String mode();

  /**
   * How long a job that was submitted may stay invisible to {@link #findByName}: an unanswered
   * submission may only be repeated when it was looked for, in vain, after this time.
   */
  Duration settleTime();

  /**
   * Where a job with these resources would run, and what as: sealed in the intent. Must not block.
   *
   * @throws BackendUnavailable if it is not known yet; asking again later is right
   */
  default Target target(Resources resources) {
    return new Target(mode(), resources.image() == null ? "core" : resources.image());
  }

  /**
   * @param queue that takes the job
   * @param definitionRevision the job definition and its revision, or the image
   */
  record Target(String queue, String definitionRevision) {}

  /**
   * Whether its jobs only pretend: they write nothing, so what runs after them has neither inputs
   * nor results to read, and its attempts are intended without.
   */
  default boolean pretends() {
    return false;
  }

  /** How many submissions may be sent now; the leader commits no more intents than that. */
  int submissionBudget();

  /**
   * How many jobs it can be given to hold at a time, started or not. What is beyond waits with the
   * leader, where its order can still change.
   */
  default int jobsAtOnce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Asks for a job, once, without retries of its own. Two calls may give two jobs: the caller
   * decides whether to repeat an unknown answer.
   */
  Submission submit(JobRequest request);

  /**
   * What the backend knows of these jobs. A job missing from the answer is no news, not an end.
   *
   * @throws BackendUnavailable if it could not be asked
   */
  Map<String, JobReport> describe(Collection<String> jobIds);

  /**
   * The members of an array that have failed, with their reasons; of any other job none. The others
   * are never asked about one by one.
   *
   * @throws BackendUnavailable if it could not be asked
   */
  default List<JobReport> failedMembers(String arrayId) {
    return List.of();
  }

  /**
   * All jobs of that exact name, in any status, oldest first; of arrays, not their members.
   *
   * @param queue that they were submitted to
   * @throws BackendUnavailable if it could not be asked
   */
  List<JobReport> findByName(String queue, String jobName);

  /**
   * What holds jobs that have not begun, in words for people, by id: how they stand now, their
   * place in the queue, what is wrong with it. Nothing of those that it has nothing to say of.
   * Answers may be some seconds old, so that asking often costs the backend little.
   *
   * @param queue that all of them were submitted to
   * @throws BackendUnavailable if it could not be asked
   */
  default Map<String, String> standing(String queue, Collection<String> jobIds) {
    return Map.of();
  }

  /**
   * How long after a look at so many live jobs the next one is due. The leader looks no more often
   * than about once a second.
   */
  default Duration lookEvery(int liveJobs) {
    return Duration.ZERO;
  }

  /**
   * Hands on what the backend says of jobs by itself, from any thread: maybe twice, late, out of
   * order, or never; {@link #describe} stays the safety net.
   *
   * @return ends it
   */
  default Subscription subscribe(Consumer<JobReport> listener) {
    return () -> {};
  }

  /** Until it is closed, news is handed on. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Asks for the end of these jobs; ended and unknown ones are no error. The end itself is seen
   * through {@link #describe}.
   *
   * @throws NotAllAsked if it could be asked for some of them alone; it names those
   * @throws BackendUnavailable if it is not known of any that it was asked for
   */
  void terminate(Collection<String> jobIds, String reason);

  /**
   * Log lines of a job from a cursor on; null is the beginning.
   *
   * @throws BackendUnavailable if it could not be asked
   */
  LogPage logs(String jobId, @Nullable String cursor);

  /** How long after the end of a job lines of it may still come. */
  default Duration logLag() {
    return Duration.ZERO;
  }

  /** Lets go of this process's resources; running jobs go on. */
  @Override
  void close();

  /**
   * @param next cursor for the lines after these; never null, also when there are no more yet
   */
  record LogPage(List<String> lines, String next) {
    public LogPage {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The backend could not be asked or did not answer; nothing is known, and asking again is right.
   */
  class BackendUnavailable extends RuntimeException {
    public BackendUnavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Of many things asked, some took; asking again for the others is right. */
  final class NotAllAsked extends BackendUnavailable {
    private final transient Set<String> asked;

    /**
     * @param asked the jobs for which it was asked
     * @param cause why not for the others
     */
    public NotAllAsked(Set<String> asked, BackendUnavailable cause) {
      super(String.valueOf(cause.getMessage()), cause);
      this.asked = Set.copyOf(asked);
    }

    public Set<String> asked() {
      return asked;
    }
  }
}
