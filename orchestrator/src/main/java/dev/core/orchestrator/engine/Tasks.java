package dev.core.orchestrator.engine;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The tasks of a run, by index. Immutable: a changed copy shares all chunks but one with its
 * original, so that a change costs the same in a run of ten tasks and of ten thousand, and the
 * difference of two versions is found without looking at what they share.
 */
public final class Tasks {

  private static final int BITS = 6;
  private static final int CHUNK = 1 << BITS;

  private final Task[][] chunks;
  private final int size;

  private Tasks(Task[][] chunks, int size) {
    this.chunks = chunks;
    this.size = size;
  }

  /** The tasks in the order of their indexes, which are 0, 1, 2 and so on. */
  public static Tasks of(List<Task> tasks) {
    var chunks = new Task[(tasks.size() + CHUNK - 1) >> BITS][];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      int from = chunk << BITS;
      chunks[chunk] =
          tasks.subList(from, Math.min(from + CHUNK, tasks.size())).toArray(Task[]::new);
    }
    return new Tasks(chunks, tasks.size());
  }

  public int size() {
    return size;
  }

  public Task get(int index) {
    return chunks[index >> BITS][index & (CHUNK - 1)];
  }

  /** A copy with this task in the place of the one of its index. */
  Tasks with(Task task) {
    Task[][] next = chunks.clone();
    int chunk = task.index() >> BITS;
    next[chunk] = next[chunk].clone();
    next[chunk][task.index() & (CHUNK - 1)] = task;
    return new Tasks(next, size);
  }

  public void forEach(Consumer<Task> consumer) {
    for (Task[] chunk : chunks) {
      for (Task task : chunk) {
        consumer.accept(task);
      }
    }
  }

  /** Calls the consumer with (before, after) for every task that is not the same object in both. */
  @SuppressWarnings("ReferenceEquality") // shared chunks and tasks are the same objects
  public static void differences(Tasks before, Tasks after, BiConsumer<Task, Task> consumer) {
    for (int chunk = 0; chunk < after.chunks.length; chunk++) {
      if (before.chunks[chunk] != after.chunks[chunk]) {
        for (int i = 0; i < after.chunks[chunk].length; i++) {
          if (before.chunks[chunk][i] != after.chunks[chunk][i]) {
            consumer.accept(before.chunks[chunk][i], after.chunks[chunk][i]);
          }
        }
      }
    }
  }
}
