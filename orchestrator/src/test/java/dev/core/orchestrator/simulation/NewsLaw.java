package dev.core.orchestrator.simulation;

import java.util.Map;
import java.util.TreeMap;

/** What a worker wrote is dealt with soon, when nothing stands in the way. */
final class NewsLaw {

  private static final long SOON = 30_000_000;

  private final Timeline time;

  /** Since when there is news in a claim that nobody has dealt with, by attempt. */
  private final Map<Long, Long> since = new TreeMap<>();

  NewsLaw(Timeline time) {
    this.time = time;
  }

  void heard(RowChange change) {
    Row claim = change.now();
    boolean hasNews = Boolean.TRUE.equals(claim.get("has_news"));
    if (!hasNews && claim.isNull("outcome")) {
      since.remove(claim.number("attempt_id"));
    } else if (change.changed("version") && hasNews) {
      since.putIfAbsent(claim.number("attempt_id"), time.micros());
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
          Row attempt = rows.attempt(each.getKey());
          return !Boolean.TRUE.equals(rows.claim(each.getKey()).get("has_news"))
              && (rows.claim(each.getKey()).isNull("outcome")
                  || attempt.is("status", "SUCCEEDED", "FAILED", "CANCELLED"));
        });
    since.forEach((attempt, at) -> {
      if (time.micros() - at > SOON) {
        throw new Violation(
            Law.NEWS_IS_HEARD,
            "nobody has dealt with " + rows.claim(attempt) + " for half a minute");
      }
    });
  }

  /** Whatever is old now may be so because of faults. */
  void startAnew() {
    since.replaceAll((_, _) -> time.micros());
  }
}
