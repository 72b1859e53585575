package dev.core.common.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.BitSet;
import java.util.StringJoiner;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * A set of partitions, kept and written as ranges: {@code 0-9999}, or {@code 3,17,501-510}. In
 * their order each has an index, from 0: that is how an attempt that runs only some of a task's
 * partitions numbers its jobs. Immutable.
 */
public final class Partitions {

  /** Of no partitions. */
  public static final Partitions NONE = of(new BitSet());

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

  private final int[] firsts;
  private final int[] lasts;

  /** How many there are before each range, and at the end altogether. */
  private final int[] before;

  private Partitions(int[] firsts, int[] lasts) {
    this.firsts = firsts;
    this.lasts = lasts;
    this.before = new int[firsts.length + 1];
    for (int i = 0; i < firsts.length; i++) {
      before[i + 1] = before[i] + lasts[i] - firsts[i] + 1;
    }
  }

  /** 0 to count - 1. */
  public static Partitions all(int count) {
    return range(0, count);
  }

  /** So many from that one on. */
  public static Partitions range(int first, int count) {
    return count == 0
        ? NONE
        : new Partitions(new int[] {first}, new int[] {Math.addExact(first, count - 1)});
  }

  public static Partitions of(BitSet set) {
    int[] firsts = new int[8];
    int[] lasts = new int[8];
    int ranges = 0;
    for (int first = set.nextSetBit(0); first >= 0; ) {
      if (ranges == firsts.length) {
        firsts = Arrays.copyOf(firsts, ranges * 2);
        lasts = Arrays.copyOf(lasts, ranges * 2);
      }
      int end = set.nextClearBit(first);
      firsts[ranges] = first;
      lasts[ranges++] = end - 1;
      first = set.nextSetBit(end);
    }
    return new Partitions(Arrays.copyOf(firsts, ranges), Arrays.copyOf(lasts, ranges));
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if the text is none, or its ranges are not in order
   */
  @JsonCreator
  public static Partitions parse(String text) {
    var set = new BitSet();
    int from = 0;
    for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      var range = RANGE.matcher(each);
      int first = range.matches() ? Integer.parseInt(range.group(1)) : -1;
      int last = first >= 0 && range.group(2) != null ? Integer.parseInt(range.group(2)) : first;
      if (first < from || last < first) {
        throw new IllegalArgumentException(
            "'%s' names no partitions: ranges such as 3,17,501-510, in order".formatted(text));
      }
      set.set(first, last + 1);
      from = last + 1;
    }
    return of(set);
  }

  public int size() {
    return before[firsts.length];
  }

  public boolean isEmpty() {
    return firsts.length == 0;
  }

  /**
   * The partition of that index.
   *
   * @throws IndexOutOfBoundsException if it is not below {@link #size}
   */
  public int get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException("index %d of %d partitions".formatted(index, size()));
    }
    int found = Arrays.binarySearch(before, index);
    int range = found >= 0 ? found : -found - 2;
    return firsts[range] + index - before[range];
  }

  /** The index of that partition; -1: it is none of these. */
  public int indexOf(int partition) {
    int found = Arrays.binarySearch(firsts, partition);
    int range = found >= 0 ? found : -found - 2;
    return range >= 0 && partition <= lasts[range] ? before[range] + partition - firsts[range] : -1;
  }

  /** In their order. */
  public void forEach(IntConsumer consumer) {
    for (int range = 0; range < firsts.length; range++) {
      for (int each = firsts[range]; each <= lasts[range]; each++) {
        consumer.accept(each);
      }
    }
  }

  /** First and last of each range. */
  public void forEachRange(RangeConsumer consumer) {
    for (int range = 0; range < firsts.length; range++) {
      consumer.accept(firsts[range], lasts[range]);
    }
  }

  /** Takes a range, both ends within it. */
  @FunctionalInterface
  public interface RangeConsumer {
    void accept(int first, int last);
  }

  public BitSet toBits() {
    var bits = new BitSet();
    forEachRange((first, last) -> bits.set(first, last + 1));
    return bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Partitions that
        && Arrays.equals(firsts, that.firsts)
        && Arrays.equals(lasts, that.lasts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(firsts) + Arrays.hashCode(lasts);
  }

  @Override
  @JsonValue
  public String toString() {
    var text = new StringJoiner(",");
    forEachRange((first, last) -> text.add(first == last ? "" + first : first + "-" + last));
    return text.toString();
  }
}
