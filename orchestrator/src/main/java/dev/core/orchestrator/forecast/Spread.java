package dev.core.orchestrator.forecast;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a run takes when chance decides, over many courses.
 *
 * @param runs how many courses were played
 * @param failed how many of them did not succeed
 * @param p50 half of those that succeeded took longer; null: none succeeded
 * @param p90 one in ten took longer
 * @param trouble of the first that did not succeed
 */
public record Spread(
    int runs,
    int failed,
    @Nullable Duration p50,
    @Nullable Duration p90,
    @Nullable String trouble) {

  /** How one course ended. */
  record Course(boolean succeeds, Duration makespan, @Nullable String trouble) {
    static Course of(Playthrough play) {
      return new Course(
          play.succeeds(), play.makespan(), play.troubles().stream().findFirst().orElse(null));
    }
  }

  static Spread of(List<Course> courses) {
    var took = courses.stream().filter(Course::succeeds).map(Course::makespan).toList();
    int failed = courses.size() - took.size();
    String trouble = null;
    for (Course course : courses) {
      if (!course.succeeds()) {
        trouble = course.trouble();
        break;
      }
    }
    if (took.isEmpty()) {
      return new Spread(courses.size(), failed, null, null, trouble);
    }
    var quantiles = Quantiles.of(took);
    return new Spread(
        courses.size(), failed, quantiles.percentile(50), quantiles.percentile(90), trouble);
  }
}
