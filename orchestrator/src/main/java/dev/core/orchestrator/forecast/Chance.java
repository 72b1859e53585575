package dev.core.orchestrator.forecast;

/**
 * @param runs courses that are played
 * @param seed decides all of them
 */
public record Chance(int runs, long seed) {

  private static final int COURSES = 1_000;
  private static final int FEWEST_COURSES = 20;

  /** Tasks in all courses together: seconds of work. */
  private static final int TASKS_PLAYED = 200_000;

  /** As many courses as do not take long, with so many tasks each. */
  public static Chance usual(int tasks, long seed) {
    return new Chance(Math.clamp(TASKS_PLAYED / tasks, FEWEST_COURSES, COURSES), seed);
  }

  public Chance {
    if (runs < 1) {
      throw new IllegalArgumentException("at least one course is played, not " + runs);
    }
  }
}
