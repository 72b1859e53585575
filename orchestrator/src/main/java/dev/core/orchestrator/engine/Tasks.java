package dev.core.orchestrator.engine;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The tasks of a run, by index. Immutable: a changed copy shares all chunks but one with its
 * original, so that a change costs the same in a run of ten tasks and of ten thousand, and the
 * difference of two versions is found without looking at what they share. Which tasks are ready,
 * and which have attempts, is known by a bit each, so that neither is looked for one by one.
 */
public final class Tasks {

  private static final int BITS = 6;

  /** As many tasks as a long has bits. */
  private static final int CHUNK = 1 << BITS;

  private final Task[][] chunks;
  private final long[] ready;
  private final long[] attempted;
  private final int size;

  private Tasks(Task[][] chunks, long[] ready, long[] attempted, int size) {
    this.chunks = chunks;
    this.ready = ready;
    this.attempted = attempted;
    this.size = size;
  }

  /** The tasks in the order of their indexes, which are 0, 1, 2 and so on. */
  public static Tasks of(List<Task> tasks) {
    var chunks = new Task[(tasks.size() + CHUNK - 1) >> BITS][];
    var ready = new long[chunks.length];
    var attempted = new long[chunks.length];
    for (int chunk = 0; chunk < chunks.length; chunk++) {
      int from = chunk << BITS;
      chunks[chunk] =
          tasks.subList(from, Math.min(from + CHUNK, tasks.size())).toArray(Task[]::new);
      for (Task task : chunks[chunk]) {
        mark(ready, task.index(), isReady(task));
        mark(attempted, task.index(), isAttempted(task));
      }
    }
    return new Tasks(chunks, ready, attempted, tasks.size());
  }

  public int size() {
    return size;
  }

  public Task get(int index) {
    return chunks[index >> BITS][index & (CHUNK - 1)];
  }

  /** A copy with this task in the place of the one of its index. */
  Tasks with(Task task) {
    var edit = new Edit(this);
    edit.put(task);
    return edit.done();
  }

  /** Several changes at once: each chunk is copied once, however many of its tasks change. */
  Edit edit() {
    return new Edit(this);
  }

  public void forEach(Consumer<Task> consumer) {
    for (Task[] chunk : chunks) {
      for (Task task : chunk) {
        consumer.accept(task);
      }
    }
  }

  /** The first task from this index on that is READY; -1: there is none. */
  int nextReady(int from) {
    return next(ready, from);
  }

  /** Those that have attempts in memory, in the order of their indexes. */
  public void forEachAttempted(Consumer<Task> consumer) {
    for (int index = next(attempted, 0); index >= 0; index = next(attempted, index + 1)) {
      consumer.accept(get(index));
    }
  }

  /** Whether any task has an attempt in memory. */
  public boolean anyAttempted() {
    return next(attempted, 0) >= 0;
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

  private static boolean isReady(Task task) {
    return task.status() == TaskStatus.READY;
  }

  private static boolean isAttempted(Task task) {
    return !task.live().isEmpty();
  }

  private static void mark(long[] bits, int index, boolean set) {
    long bit = 1L << index;
    bits[index >> BITS] = set ? bits[index >> BITS] | bit : bits[index >> BITS] & ~bit;
  }

  private static int next(long[] bits, int from) {
    int chunk = from >> BITS;
    if (chunk >= bits.length) {
      return -1;
    }
    long word = bits[chunk] & (-1L << from);
    while (word == 0) {
      if (++chunk == bits.length) {
        return -1;
      }
      word = bits[chunk];
    }
    return (chunk << BITS) + Long.numberOfTrailingZeros(word);
  }

  /** A version in the making. Used by one thread; nothing may be put after {@link #done}. */
  static final class Edit {

    private final Tasks before;
    private Task[][] chunks;
    private long[] ready;
    private long[] attempted;

    private Edit(Tasks before) {
      this.before = before;
      this.chunks = before.chunks;
      this.ready = before.ready;
      this.attempted = before.attempted;
    }

    Task get(int index) {
      return chunks[index >> BITS][index & (CHUNK - 1)];
    }

    @SuppressWarnings("ReferenceEquality") // what is still the original's must not be changed
    void put(Task task) {
      int index = task.index();
      int chunk = index >> BITS;
      Task old = get(index);
      if (chunks == before.chunks) {
        chunks = before.chunks.clone();
      }
      if (chunks[chunk] == before.chunks[chunk]) {
        chunks[chunk] = before.chunks[chunk].clone();
      }
      chunks[chunk][index & (CHUNK - 1)] = task;
      if (isReady(old) != isReady(task)) {
        ready = ready == before.ready ? before.ready.clone() : ready;
        mark(ready, index, isReady(task));
      }
      if (isAttempted(old) != isAttempted(task)) {
        attempted = attempted == before.attempted ? before.attempted.clone() : attempted;
        mark(attempted, index, isAttempted(task));
      }
    }

    @SuppressWarnings("ReferenceEquality") // the same array means: nothing was put
    Tasks done() {
      return chunks == before.chunks ? before : new Tasks(chunks, ready, attempted, before.size);
    }
  }
}
