package dev.core.orchestrator.engine;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Partitions;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How the partitions of one attempt stand, by index: a few bytes each, however many there are.
 * Immutable; news of many is one {@link Edit}.
 */
public final class PartitionStates {

  private static final FailureClass[] CLASSES = FailureClass.values();

  /** The life of one partition within an attempt. */
  public enum Status {
    /** Nobody has claimed it, so it has had no effect. */
    WAITING,
    CLAIMED,
    SUCCEEDED,
    /** Its worker said so. */
    FAILED,
    /** Its claim was closed: it will have no outcome. */
    LOST;

    public boolean ended() {
      return this == SUCCEEDED || this == FAILED || this == LOST;
    }
  }

  private static final Status[] STATUSES = Status.values();

  private final byte[] status;

  /** The class of its failure and one; 0: none. */
  private final byte[] failure;

  /** The place of the job that claimed it among the attempt's jobs. */
  private final short[] job;

  private final long[] claimedAt;
  private final long[] renewedAt;
  private final int[] counts;

  private PartitionStates(
      byte[] status, byte[] failure, short[] job, long[] claimedAt, long[] renewedAt) {
    this.status = status;
    this.failure = failure;
    this.job = job;
    this.claimedAt = claimedAt;
    this.renewedAt = renewedAt;
    this.counts = new int[STATUSES.length];
    for (byte each : status) {
      counts[each]++;
    }
  }

  /** So many, and nobody has claimed any. */
  public static PartitionStates waiting(int size) {
    return new PartitionStates(
        new byte[size], new byte[size], new short[size], new long[size], new long[size]);
  }

  public int size() {
    return status.length;
  }

  public Status status(int index) {
    return STATUSES[status[index]];
  }

  public int count(Status wanted) {
    return counts[wanted.ordinal()];
  }

  /** How many have an outcome, or will have none. */
  public int ended() {
    return count(Status.SUCCEEDED) + count(Status.FAILED) + count(Status.LOST);
  }

  /** Whether as many have each status. */
  public boolean sameCounts(PartitionStates other) {
    return Arrays.equals(counts, other.counts);
  }

  /** Whether a worker has ever held it, also if it has ended. */
  public boolean wasClaimed(int index) {
    return claimedAt[index] != 0;
  }

  public @Nullable FailureClass failure(int index) {
    return failure[index] == 0 ? null : CLASSES[failure[index] - 1];
  }

  /** The place of the job that claimed it among the attempt's jobs. */
  int job(int index) {
    return job[index];
  }

  public Instant claimedAt(int index) {
    return instant(claimedAt[index]);
  }

  /** The last renewal that the leader has read. */
  public Instant renewedAt(int index) {
    return instant(renewedAt[index]);
  }

  /** The indexes of which that holds. */
  public Partitions where(IntPredicate condition) {
    var found = new BitSet();
    for (int index = 0; index < status.length; index++) {
      if (condition.test(index)) {
        found.set(index);
      }
    }
    return Partitions.of(found);
  }

  public Partitions with(Status wanted) {
    return where(index -> status[index] == wanted.ordinal());
  }

  /** The earliest claim, and the earliest renewal, of those that are claimed now; null: none is. */
  @Nullable Oldest oldest() {
    if (count(Status.CLAIMED) == 0) {
      return null;
    }
    long claimed = Long.MAX_VALUE;
    long renewed = Long.MAX_VALUE;
    for (int index = 0; index < status.length; index++) {
      if (status[index] == Status.CLAIMED.ordinal()) {
        claimed = Math.min(claimed, claimedAt[index]);
        renewed = Math.min(renewed, renewedAt[index]);
      }
    }
    return new Oldest(instant(claimed), instant(renewed));
  }

  record Oldest(Instant claimedAt, Instant renewedAt) {}

  /** The newest sign of life of those that are claimed now. */
  public Instant lastRenewal(Instant otherwise) {
    return lastRenewal(0, status.length, otherwise);
  }

  Instant lastRenewal(int from, int end, Instant otherwise) {
    long newest = nanos(otherwise);
    for (int index = from; index < end; index++) {
      if (status[index] == Status.CLAIMED.ordinal()) {
        newest = Math.max(newest, renewedAt[index]);
      }
    }
    return instant(newest);
  }

  /** A version in the making. Used by one thread; nothing may be set after {@link #done}. */
  public Edit edit() {
    return new Edit(this);
  }

  /** Changes of many partitions, which cost one copy. */
  public static final class Edit {

    private final PartitionStates before;
    private @Nullable PartitionStates after;

    private Edit(PartitionStates before) {
      this.before = before;
    }

    private PartitionStates after() {
      var made = after;
      if (made == null) {
        made =
            new PartitionStates(
                before.status.clone(),
                before.failure.clone(),
                before.job.clone(),
                before.claimedAt.clone(),
                before.renewedAt.clone());
        after = made;
      }
      return made;
    }

    public Status status(int index) {
      return (after == null ? before : after).status(index);
    }

    public void claimed(int index, int job, Instant at, Instant renewed) {
      var next = after();
      next.status[index] = (byte) Status.CLAIMED.ordinal();
      next.job[index] = (short) job;
      next.claimedAt[index] = nanos(at);
      next.renewedAt[index] = nanos(renewed);
    }

    public void renewed(int index, Instant at) {
      after().renewedAt[index] = nanos(at);
    }

    /**
     * @param why null if it succeeded
     */
    public void ended(int index, Status end, @Nullable FailureClass why) {
      var next = after();
      next.status[index] = (byte) end.ordinal();
      next.failure[index] = (byte) (why == null ? 0 : why.ordinal() + 1);
    }

    boolean changed() {
      return after != null;
    }

    public PartitionStates done() {
      return after == null
          ? before
          : new PartitionStates(
              after.status, after.failure, after.job, after.claimedAt, after.renewedAt);
    }
  }

  private static long nanos(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
