package dev.core.orchestrator.simulation;

import java.util.Map;
import java.util.TreeMap;

/** What a worker wrote is dealt with soon, when nothing stands in the way. */
final class NewsLaw {

  private static final long SOON = 30_000_000;

  private final Timeline time;

  private record Claim(long attempt, long index) implements Comparable<Claim> {
    static Claim of(Row claim) {
      return new Claim(claim.number("attempt_id"), claim.number("partition_index"));
    }

    @Override
    public int compareTo(Claim other) {
      int byAttempt = Long.compare(attempt, other.attempt);
      return byAttempt == 0 ? Long.compare(index, other.index) : byAttempt;
    }
  }

  /** Since when there is news in a claim that nobody has dealt with. */
  private final Map<Claim, Long> since = new TreeMap<>();

  NewsLaw(Timeline time) {
    this.time = time;
  }

  void heard(RowChange change) {
    Row claim = change.now();
    boolean hasNews = Boolean.TRUE.equals(claim.get("has_news"));
    if (!hasNews && claim.isNull("outcome")) {
      since.remove(Claim.of(claim));
    } else if (change.changed("version") && hasNews) {
      since.putIfAbsent(Claim.of(claim), time.micros());
    }
  }

  /**
   * Called from time to time while there has been a leader for long, and no fault.
   *
   * @param rows in which an outcome that was dealt with has ended its attempt
   */
  void check(Rows rows) {
    since
        .entrySet()
        .removeIf(each -> {
          Row attempt = rows.attempt(each.getKey().attempt());
          Row claim = rows.claim(each.getKey().attempt(), each.getKey().index());
          return !Boolean.TRUE.equals(claim.get("has_news"))
              && (claim.isNull("outcome")
                  || rows.split(each.getKey().attempt()) != null
                  || attempt.is("status", "SUCCEEDED", "FAILED", "CANCELLED"));
        });
    since.forEach((claim, at) -> {
      if (time.micros() - at > SOON) {
        throw new Violation(
            Law.NEWS_IS_HEARD,
            "nobody has dealt with "
                + rows.claim(claim.attempt(), claim.index())
                + " for half a minute");
      }
    });
  }

  /** Whatever is old now may be so because of faults. */
  void startAnew() {
    since.replaceAll((_, _) -> time.micros());
  }
}
