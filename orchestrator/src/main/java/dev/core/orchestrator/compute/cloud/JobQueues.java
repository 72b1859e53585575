package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobQueueDetail;

/**
 * What is known of job queues and does not change in their life. A queue that does not exist is
 * asked for again each time: it may be made. Thread-safe.
 */
final class JobQueues {

  private static final String TYPE_OF_FARGATE = "ECS_FARGATE";
  private static final String TYPE_OF_EC2 = "ECS";

  /**
   * A queue that exists.
   *
   * @param fairShare whether it has a scheduling policy, so that jobs must name a share; without
   *     one they must not
   * @param platform what its compute environments are; empty: Batch does not say
   */
  record Known(boolean fairShare, Optional<Platform> platform) {

    static Known of(JobQueueDetail queue) {
      String type = String.valueOf(queue.jobQueueTypeAsString());
      return new Known(
          queue.schedulingPolicyArn() != null,
          switch (type) {
            case TYPE_OF_FARGATE -> Optional.of(Platform.FARGATE);
            case TYPE_OF_EC2 -> Optional.of(Platform.EC2);
            default -> Optional.empty();
          });
    }
  }

  private final BatchClient client;
  private final Executor threads;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /** Of the last question, where it had no answer: empty text if there is no such queue. */
  private final Map<String, String> failures = new ConcurrentHashMap<>();

  private final Map<String, Boolean> asking = new ConcurrentHashMap<>();

  /**
   * @param threads for calls in the background
   */
  JobQueues(BatchClient client, Executor threads) {
    this.client = client;
    this.threads = threads;
  }

  /**
   * Asks Batch, unless it is known; empty if there is no such queue.
   *
   * @throws SdkException if Batch cannot be asked
   */
  Optional<Known> ask(String queue) {
    Known found = known.get(queue);
    if (found != null) {
      return Optional.of(found);
    }
    Optional<Known> answer =
        client.describeJobQueues(request -> request.jobQueues(queue)).jobQueues().stream()
            .findFirst()
            .map(Known::of);
    answer.ifPresent(each -> known.put(queue, each));
    return answer;
  }

  /**
   * The same from memory, which is filled in the background; empty if there is no such queue.
   *
   * @throws BackendUnavailable while it is not known
   */
  Optional<Known> recall(String queue) {
    Known found = known.get(queue);
    if (found != null) {
      return Optional.of(found);
    }
    String failure = failures.get(queue);
    refresh(queue);
    if (failure == null) {
      throw new BackendUnavailable("job queue '" + queue + "' is being looked up", null);
    }
    if (!failure.isEmpty()) {
      throw new BackendUnavailable("job queue '" + queue + "': " + failure, null);
    }
    return Optional.empty();
  }

  /** Begins to ask, if it is not known. */
  void refresh(String queue) {
    if (known.containsKey(queue) || asking.putIfAbsent(queue, true) != null) {
      return;
    }
    threads.execute(() -> {
      try {
        if (ask(queue).isPresent()) {
          failures.remove(queue);
        } else {
          failures.put(queue, "");
        }
      } catch (SdkException e) {
        failures.put(queue, AwsTrouble.text(e));
      } catch (RuntimeException e) {
        // Such as of a client that was closed meanwhile: whoever asks again is told.
        failures.put(queue, String.valueOf(e.getMessage()));
      } finally {
        asking.remove(queue);
      }
    });
  }

  /** What is known of it may be wrong: it may have been deleted and made anew. */
  void forget(String queue) {
    known.remove(queue);
  }
}
