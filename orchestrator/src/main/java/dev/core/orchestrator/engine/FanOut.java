package dev.core.orchestrator.engine;

import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.Attempt.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt at a task that is split has beyond another: its partitions, by index, and the
 * chunks that they are submitted in, as slots come free. Immutable.
 *
 * @param of how many partitions the task has
 * @param partitions those that this attempt runs: the map from index to partition
 * @param chunks in the order of their indexes, without gaps; behind the last one nothing was
 *     submitted yet
 * @param losses what was lost by the leader's word, in the order in which it found out
 * @param claimedAt when the first one was claimed
 */
public record FanOut(
    int of,
    Partitions partitions,
    List<Chunk> chunks,
    PartitionStates states,
    List<Loss> losses,
    @Nullable Instant claimedAt) {

  public FanOut {
    chunks = List.copyOf(chunks);
    losses = List.copyOf(losses);
  }

  static FanOut of(int of, Partitions partitions) {
    return new FanOut(
        of, partitions, List.of(), PartitionStates.waiting(partitions.size()), List.of(), null);
  }

  public int size() {
    return partitions.size();
  }

  /** The first index that no chunk has. */
  public int next() {
    return chunks.isEmpty() ? 0 : chunks.getLast().end();
  }

  /** How many indexes no chunk has yet. */
  public int left() {
    return size() - next();
  }

  /** How many were submitted, or are about to be, and have not ended. */
  public int inFlight() {
    return next() - states.ended();
  }

  /** Nothing of it can change any more: the attempt can be ended. */
  public boolean complete() {
    return states.ended() == size();
  }

  /** The partitions, not indexes, that have succeeded. */
  public Partitions succeeded() {
    var bits = new BitSet();
    states.with(PartitionStates.Status.SUCCEEDED).forEach(index -> bits.set(partitions.get(index)));
    return Partitions.of(bits);
  }

  public Optional<Chunk> chunk(int first) {
    return chunks.stream().filter(chunk -> chunk.first() == first).findFirst();
  }

  /** The newest sign of life of the claimed partitions of the chunk that begins there. */
  public Instant lastRenewal(int first, Instant otherwise) {
    return chunk(first)
        .map(chunk -> states.lastRenewal(chunk.first(), chunk.end(), otherwise))
        .orElse(otherwise);
  }

  Optional<Chunk> chunkOf(int index) {
    return chunks.stream().filter(chunk -> chunk.has(index)).findFirst();
  }

  /** Each of its partitions has ended. */
  boolean over(Chunk chunk) {
    for (int index = chunk.first(); index < chunk.end(); index++) {
      if (!states.status(index).ended()) {
        return false;
      }
    }
    return true;
  }

  /** Of some chunk it is not known whether there is a job. */
  boolean hasUnanswered() {
    return chunks.stream().anyMatch(chunk -> chunk.asked() != Asked.ANSWERED);
  }

  FanOut plus(Chunk chunk) {
    var next = new ArrayList<>(chunks);
    next.add(chunk);
    return new FanOut(of, partitions, next, states, losses, claimedAt);
  }

  FanOut with(int first, UnaryOperator<Chunk> change) {
    return new FanOut(
        of,
        partitions,
        chunks.stream().map(each -> each.first() == first ? change.apply(each) : each).toList(),
        states,
        losses,
        claimedAt);
  }

  FanOut with(PartitionStates next) {
    return new FanOut(of, partitions, chunks, next, losses, claimedAt);
  }

  FanOut with(PartitionStates next, Instant claimed) {
    return new FanOut(
        of, partitions, chunks, next, losses, claimedAt == null ? claimed : claimedAt);
  }

  FanOut with(PartitionStates next, Loss loss) {
    var all = new ArrayList<>(losses);
    all.add(loss);
    return new FanOut(of, partitions, chunks, next, all, claimedAt);
  }
}
