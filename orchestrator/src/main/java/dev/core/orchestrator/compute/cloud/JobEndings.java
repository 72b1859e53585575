package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import dev.core.orchestrator.compute.ComputeBackend.NotAllAsked;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.batch.BatchClient;

/** Asks Batch to end jobs: there is no call for many, so they go out side by side. Thread-safe. */
final class JobEndings {

  private static final Logger LOG = LoggerFactory.getLogger(JobEndings.class);
  private static final int AT_ONCE = 16;
  private static final int LONGEST_REASON = 1024;

  private final BatchClient client;
  private final ExecutorService threads;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  /**
   * @param threads for a call each
   */
  JobEndings(BatchClient client, ExecutorService threads) {
    this.client = client;
    this.threads = threads;
  }

  /**
   * Returns when each was asked for, once for each id.
   *
   * @throws NotAllAsked if some could not be asked for; the others were
   */
  void end(Collection<String> jobIds, String reason) {
    String words = reason.isBlank() ? "ended by CORE" : reason;
    String why = words.substring(0, Math.min(LONGEST_REASON, words.length()));
    var calls = new LinkedHashMap<String, Future<?>>();
    for (String id : jobIds) {
      calls.computeIfAbsent(id, _ -> threads.submit(() -> end(id, why)));
    }
    Set<String> asked = new HashSet<>();
    @Nullable Throwable failure = null;
    for (var call : calls.entrySet()) {
      try {
        call.getValue().get();
        asked.add(call.getKey());
      } catch (ExecutionException e) {
        failure = e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new BackendUnavailable("interrupted while jobs were being ended", e);
      }
    }
    if (asked.size() < calls.size()) {
      throw new NotAllAsked(asked, AwsTrouble.unavailable(failure));
    }
  }

  private void end(String id, String why) {
    permits.acquireUninterruptibly();
    try {
      client.terminateJob(request -> request.jobId(id).reason(why));
    } catch (AwsServiceException e) {
      // Batch refuses to end what it does not know; there is nothing to end.
      if (!AwsTrouble.isRefusal(e)) {
        throw e;
      }
      LOG.debug("job {} is not ended: {}", id, AwsTrouble.text(e));
    } finally {
      permits.release();
    }
  }
}
