package dev.core.orchestrator.forecast;

/**
 * @param runs courses that are played
 * @param seed decides all of them
 */
public record Chance(int runs, long seed) {
  public Chance {
    if (runs < 1) {
      throw new IllegalArgumentException("at least one course is played, not " + runs);
    }
  }
}
