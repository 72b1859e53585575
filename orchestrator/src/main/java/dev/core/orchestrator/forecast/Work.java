package dev.core.orchestrator.forecast;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What is known, or assumed, of the attempts that a task needs. Immutable. */
public sealed interface Work {

  /** The usual case: one attempt that succeeds and takes the median of what is known. */
  List<Try> typical();

  /** A case by chance; attempts in order, of which the last is repeated should more be needed. */
  List<Try> drawn(RandomGenerator random);

  /** How long the attempt that succeeds works: half of the time longer. */
  Duration median();

  /** The same: one time in ten longer. */
  Duration p90();

  /** Whether chance has anything to decide. */
  boolean varies();

  /** It always takes the same time. */
  record Given(Duration lasts) implements Work {
    @Override
    public Duration median() {
      return lasts;
    }

    @Override
    public Duration p90() {
      return lasts;
    }

    @Override
    public List<Try> typical() {
      return List.of(Try.succeeding(Duration.ZERO, lasts));
    }

    @Override
    public List<Try> drawn(RandomGenerator random) {
      return typical();
    }

    @Override
    public boolean varies() {
      return false;
    }
  }

  /** Any time between the two, each as likely as the others. */
  record Between(Duration least, Duration most) implements Work {
    @Override
    public Duration median() {
      return least.plus(most).dividedBy(2);
    }

    @Override
    public Duration p90() {
      return least.plus(most.minus(least).multipliedBy(9).dividedBy(10));
    }

    @Override
    public List<Try> typical() {
      return List.of(Try.succeeding(Duration.ZERO, median()));
    }

    @Override
    public List<Try> drawn(RandomGenerator random) {
      long nanos = random.nextLong(least.toNanos(), most.toNanos() + 1);
      return List.of(Try.succeeding(Duration.ZERO, Duration.ofNanos(nanos)));
    }

    @Override
    public boolean varies() {
      return !least.equals(most);
    }
  }

  /**
   * As in one of the past runs, with the failures that it had, each run as likely as the others.
   *
   * @param runs the task's attempts in each of them; the last of each succeeded
   */
  record Past(List<List<Try>> runs) implements Work {
    public Past {
      runs = runs.stream().map(List::copyOf).toList();
      if (runs.isEmpty() || runs.stream().anyMatch(List::isEmpty)) {
        throw new IllegalArgumentException("without attempts nothing is known");
      }
    }

    @Override
    public Duration median() {
      return lasts().median();
    }

    @Override
    public Duration p90() {
      return lasts().percentile(90);
    }

    private Quantiles lasts() {
      return Quantiles.of(runs.stream().map(tries -> tries.getLast().lasts()).toList());
    }

    @Override
    public List<Try> typical() {
      var starts = Quantiles.of(runs.stream().map(tries -> tries.getLast().starts()).toList());
      return List.of(Try.succeeding(starts.median(), median()));
    }

    /**
     * As if every worker had come up as fast as the fastest: for a backend whose queue is played
     * too, and would else be counted twice.
     */
    public Past withoutQueueing() {
      Duration fastest =
          runs.stream()
              .flatMap(List::stream)
              .map(Try::starts)
              .min(Duration::compareTo)
              .orElseThrow();
      return new Past(
          runs.stream()
              .map(tries ->
                  tries.stream()
                      .map(each -> new Try(fastest, each.lasts(), each.failure()))
                      .toList())
              .toList());
    }

    @Override
    public List<Try> drawn(RandomGenerator random) {
      return runs.get(random.nextInt(runs.size()));
    }

    @Override
    public boolean varies() {
      return runs.stream().distinct().count() > 1;
    }
  }

  /** The same, but every attempt works so many times as long. */
  record Slower(Work work, double factor) implements Work {
    @Override
    public Duration median() {
      return Try.times(work.median(), factor);
    }

    @Override
    public Duration p90() {
      return Try.times(work.p90(), factor);
    }

    @Override
    public List<Try> typical() {
      return slower(work.typical());
    }

    @Override
    public List<Try> drawn(RandomGenerator random) {
      return slower(work.drawn(random));
    }

    @Override
    public boolean varies() {
      return work.varies();
    }

    private List<Try> slower(List<Try> tries) {
      return tries.stream().map(each -> each.slower(factor)).toList();
    }
  }
}
