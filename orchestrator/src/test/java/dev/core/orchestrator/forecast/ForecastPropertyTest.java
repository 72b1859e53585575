package dev.core.orchestrator.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.FailureClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every forecast, over pipelines drawn by seeds. */
@Timeout(120)
class ForecastPropertyTest {

  private static final Chance FEW = new Chance(5, 1);

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  private static Waves drawn(long seed) {
    var random = new SplittableRandom(seed);
    var waves = new Waves();
    int count = 1 + random.nextInt(6);
    for (int wave = 0; wave < count; wave++) {
      waves.wave(random.ints(1 + random.nextInt(8), 1, 100).toArray());
    }
    return waves;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withoutLimitsTheMakespanIsTheSumOfTheSlowestOfEachWave(long seed) {
    var usual = drawn(seed).usual(Waves.unlimited());

    assertThat(usual.makespan()).isEqualTo(sumOfSlowest(usual));
  }

  private static Duration sumOfSlowest(Playthrough play) {
    Duration sum = Duration.ZERO;
    for (List<Span> wave : play.waves()) {
      sum = sum.plus(wave.stream().map(Span::takes).max(Duration::compareTo).orElseThrow());
    }
    return sum;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theMakespanIsTheLengthOfTheCriticalPathAndNoShorterThanTheLongestPath(long seed) {
    for (int limit = 1; limit <= 4; limit++) {
      var usual = drawn(seed).usual(Waves.unlimited().limited(limit));
      var path = usual.criticalPath();

      assertThat(path.stream().map(Span::takes).reduce(Duration.ZERO, Duration::plus))
          .isEqualTo(usual.makespan());
      for (int i = 1; i < path.size(); i++) {
        assertThat(path.get(i).goes()).isEqualTo(path.get(i - 1).ends());
      }
      assertThat(usual.makespan()).isGreaterThanOrEqualTo(sumOfSlowest(usual));
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aHigherLimitNeverMakesARunLongerNorDoMoreSlots(long seed) {
    Duration byLimit = null;
    Duration bySlots = null;
    for (int limit = 1; limit <= 9; limit++) {
      var limited = drawn(seed).usual(Waves.unlimited().limited(limit)).makespan();
      var slots = drawn(seed).usual(Waves.backendSlots(limit)).makespan();
      assertThat(limited).isLessThanOrEqualTo(byLimit == null ? limited : byLimit);
      assertThat(slots).isLessThanOrEqualTo(bySlots == null ? slots : bySlots);
      byLimit = limited;
      bySlots = slots;
    }
    assertThat(byLimit).isEqualTo(drawn(seed).usual(Waves.unlimited()).makespan());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void neverAreMoreTasksAtWorkThanALimitAllows(long seed) {
    var usual = drawn(seed).usual(Waves.unlimited().limited(3));

    for (Span span : usual.spans()) {
      assertThat(
              usual.spans().stream()
                  .filter(other -> !other.goes().minus(span.goes()).isPositive())
                  .filter(other -> other.ends().minus(span.goes()).isPositive())
                  .count())
          .isLessThanOrEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatASlowTaskCostsIsWhatPlayingItCosts(long seed) {
    var waves = drawn(seed);
    var stage = Stage.of(waves.definition(), Waves.unlimited());
    var forecast = waves.under(Waves.unlimited());

    for (Sensitivity each : forecast.slow()) {
      assertThat(played(waves, stage, each.key(), 2).minus(forecast.usual().makespan()))
          .isEqualTo(each.twice());
      assertThat(played(waves, stage, each.key(), 1.1).minus(forecast.usual().makespan()))
          .isEqualTo(each.tenPercent());
    }
    for (Span span : forecast.usual().spans()) {
      if (forecast.slow().stream().noneMatch(each -> each.key().equals(span.key()))) {
        assertThat(played(waves, stage, span.key(), 2)).isEqualTo(forecast.usual().makespan());
      }
    }
  }

  private static Duration played(Waves waves, Stage stage, String key, double factor) {
    var works = new ArrayList<Work>();
    for (var node : stage.plan().dag().nodes()) {
      Work work = waves.works().getOrDefault(node.key(), new Work.Given(Duration.ZERO));
      works.add(node.key().equals(key) ? new Work.Slower(work, factor) : work);
    }
    return stage.usual(works).makespan();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyCourseEndsWhateverFailed(long seed) {
    var random = new SplittableRandom(seed);
    var waves = new Waves();
    for (int wave = 0; wave < 3; wave++) {
      var works = new Work[1 + random.nextInt(4)];
      for (int i = 0; i < works.length; i++) {
        works[i] = new Work.Past(List.of(tries(random), tries(random)));
      }
      waves.wave(works);
    }

    var forecast =
        Forecast.of(
            waves.definition(), waves.works(), Waves.unlimited().limited(2), List.of(), FEW);

    assertThat(forecast.spread().runs()).isLessThanOrEqualTo(5);
    assertThat(forecast.spread().failed() == 0 || forecast.spread().trouble() != null).isTrue();
  }

  private static List<Try> tries(SplittableRandom random) {
    var tries = new ArrayList<Try>();
    while (random.nextInt(3) == 0) {
      var failure = FailureClass.values()[random.nextInt(FailureClass.values().length)];
      tries.add(new Try(Duration.ofSeconds(1), Duration.ofSeconds(random.nextInt(20)), failure));
    }
    tries.add(new Try(Duration.ofSeconds(1), Duration.ofSeconds(random.nextInt(20)), null));
    return tries;
  }

  @Test
  @Timeout(30)
  void tenThousandTasksAreForecastInSeconds() {
    var waves = new Waves();
    var random = new SplittableRandom(1);
    for (int wave = 0; wave < 10; wave++) {
      waves.wave(random.ints(1_000, 1, 1_000).toArray());
    }

    var forecast =
        Forecast.of(
            waves.definition(),
            waves.works(),
            Waves.unlimited().limited(100),
            List.of(),
            new Chance(10, 1));

    assertThat(forecast.usual().spans()).hasSize(10_000);
    assertThat(forecast.usual().makespan())
        .isGreaterThan(forecast.alternatives().getFirst().makespan());
  }
}
