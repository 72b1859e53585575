package dev.core.bench;

import java.util.Collection;

/** Of a sample, in milliseconds. */
record Percentiles(double p50, double p99, double max) {

  static Percentiles ofNanos(Collection<Long> sample) {
    var sorted = sample.stream().mapToLong(Long::longValue).sorted().toArray();
    return new Percentiles(at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1));
  }

  /** The smallest value that is not below that share of the sample. */
  private static double at(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)] / 1e6;
  }
}
