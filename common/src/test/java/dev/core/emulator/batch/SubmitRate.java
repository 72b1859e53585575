package dev.core.emulator.batch;

/** The account's limit of SubmitJob: a token bucket as large as a second. Guarded by its owner. */
final class SubmitRate {

  private final double perSecond;
  private double tokens;
  private long filledAt = System.nanoTime();

  SubmitRate(int perSecond) {
    this.perSecond = perSecond;
    this.tokens = perSecond;
  }

  boolean take() {
    long now = System.nanoTime();
    tokens = Math.min(perSecond, tokens + (now - filledAt) / 1e9 * perSecond);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
