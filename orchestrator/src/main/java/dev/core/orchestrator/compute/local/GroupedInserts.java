package dev.core.orchestrator.compute.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Queues jobs that many threads submit at once in few commits: whoever comes while one is under way
 * shares the next. Thread-safe.
 */
final class GroupedInserts {

  private static final int LARGEST = 200;

  private final LocalRows rows;
  private final ConcurrentLinkedQueue<Waiting> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock inserting = new ReentrantLock();

  private record Waiting(LocalRows.NewJob job, CompletableFuture<Long> id) {}

  GroupedInserts(LocalRows rows) {
    this.rows = rows;
  }

  /** The id of the queued job. What the database threw, all those of one commit get. */
  long insert(LocalRows.NewJob job) {
    var mine = new Waiting(job, new CompletableFuture<>());
    waiting.add(mine);
    inserting.lock();
    try {
      while (!mine.id().isDone()) {
        insertSome();
      }
    } finally {
      inserting.unlock();
    }
    try {
      return mine.id().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void insertSome() {
    var group = new ArrayList<Waiting>();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      group.add(next);
      if (group.size() == LARGEST) {
        break;
      }
    }
    try {
      List<Long> ids = rows.insert(group.stream().map(Waiting::job).toList());
      for (int i = 0; i < group.size(); i++) {
        group.get(i).id().complete(ids.get(i));
      }
    } catch (RuntimeException e) {
      group.forEach(each -> each.id().completeExceptionally(e));
    }
  }
}
