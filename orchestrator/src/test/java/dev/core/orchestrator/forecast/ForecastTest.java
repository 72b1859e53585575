package dev.core.orchestrator.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.engine.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Small pipelines whose courses are reckoned by hand. */
@Timeout(60)
class ForecastTest {

  @Test
  void wavesRunOneAfterAnotherAndEachTakesItsSlowest() {
    var forecast = new Waves().wave(10, 20).wave(5).wave(7, 3, 1).under(Waves.unlimited());

    assertThat(forecast.usual().status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(forecast.usual().makespan()).isEqualTo(seconds(32));
    assertThat(forecast.usual().spans())
        .extracting(Span::ready, Span::goes, Span::ends)
        .containsExactly(
            tuple(seconds(0), seconds(0), seconds(10)),
            tuple(seconds(0), seconds(0), seconds(20)),
            tuple(seconds(20), seconds(20), seconds(25)),
            tuple(seconds(25), seconds(25), seconds(32)),
            tuple(seconds(25), seconds(25), seconds(28)),
            tuple(seconds(25), seconds(25), seconds(26)));
    assertThat(ids(forecast.criticalPath())).containsExactly("2", "3", "4");
    assertThat(forecast.spread()).isEqualTo(new Spread(1, 0, seconds(32), seconds(32), null));
  }

  @Test
  void aLimitMakesTasksGoInTheOrderOfTheDag() {
    var forecast = new Waves().wave(3, 2, 2).wave(1).under(Waves.unlimited().limited(2));

    assertThat(forecast.usual().makespan()).isEqualTo(seconds(5));
    assertThat(forecast.usual().spans())
        .extracting(Span::goes, Span::held)
        .startsWith(
            tuple(seconds(0), seconds(0)),
            tuple(seconds(0), seconds(0)),
            tuple(seconds(2), seconds(2)));
    assertThat(ids(forecast.criticalPath())).containsExactly("2", "3", "4");
    assertThat(forecast.alternatives())
        .singleElement()
        .returns("no limits at all", Alternative::what)
        .returns(seconds(4), Alternative::makespan);
  }

  @Test
  void aPoolLetsAsManyGoAsItHasSlots() {
    var waves = new Waves().inPool("narrow").wave(10, 10, 10, 10, 10);

    assertThat(waves.usual(Waves.pool("narrow", 5)).makespan()).isEqualTo(seconds(10));
    assertThat(waves.usual(Waves.pool("narrow", 2)).makespan()).isEqualTo(seconds(30));
    assertThat(waves.usual(Waves.pool("narrow", 2).pool("narrow", 3)).makespan())
        .isEqualTo(seconds(20));
  }

  @Test
  void aRunWhosePoolHasNoSlotsIsForecastNeverToEnd() {
    var usual = new Waves().inPool("narrow").wave(10, 10).usual(Waves.pool("wide", 3));

    assertThat(usual.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(usual.troubles())
        .containsExactly(
            "flights_stage_0_work_1 would wait for ever: pool 'narrow' has no slots",
            "flights_stage_0_work_2 would wait for ever: pool 'narrow' has no slots");
  }

  @Test
  void theQueueOfTheBackendIsWaitedInToo() {
    var usual = new Waves().wave(10, 20, 10).usual(Waves.backendSlots(2));

    assertThat(usual.makespan()).isEqualTo(seconds(20));
    assertThat(usual.spans().get(2).goes()).isEqualTo(seconds(10));
  }

  @Test
  void aPastFailureIsPlayedWithItsRetryAndTheUsualCourseHasNone() {
    var past =
        new Work.Past(
            List.of(
                List.of(
                    new Try(seconds(1), seconds(10), FailureClass.USER),
                    new Try(seconds(2), seconds(5), null))));
    var forecast = new Waves().wave(past).under(Waves.unlimited());

    assertThat(forecast.usual().makespan()).isEqualTo(seconds(7));
    assertThat(forecast.spread().p50())
        .isEqualTo(seconds(11).plus(Waves.RETRY_DELAY).plus(seconds(7)));
  }

  @Test
  void aTaskThatExceedsItsTimeOutFailsTheRun() {
    var usual = new Waves().wave(36_001, 5).wave(1).usual(Waves.unlimited());

    assertThat(usual.status()).isEqualTo(RunStatus.FAILED);
    assertThat(usual.troubles())
        .containsExactly(
            "flights_stage_0_work_1 would run 36001 s, longer than its time-out of 36000 s");
    assertThat(usual.makespan()).isEqualTo(Waves.TIMEOUT.multipliedBy(2).plus(Waves.RETRY_DELAY));
  }

  @Test
  void aBarrierNamesWhoIsWaitedForAndWhatThatCosts() {
    var barriers = new Waves().wave(10, 25, 20).wave(5).under(Waves.unlimited()).barriers();

    assertThat(barriers)
        .containsExactly(
            new Barrier(
                "stage_1_group_step_1",
                0,
                seconds(25),
                "flights_stage_0_work_2",
                seconds(5),
                List.of(
                    new Barrier.Waiter("flights_stage_0_work_1", seconds(15)),
                    new Barrier.Waiter("flights_stage_0_work_3", seconds(5))),
                seconds(20),
                1),
            new Barrier(
                null,
                1,
                seconds(30),
                "flights_stage_1_work_4",
                seconds(5),
                List.of(),
                seconds(0),
                0));
  }

  @Test
  void oneSlowTaskCostsWhatItExceedsItsWaveBy() {
    var slow = new Waves().wave(100, 60, 40).wave(50).under(Waves.unlimited()).slow();

    assertThat(slow)
        .containsExactly(
            new Sensitivity(
                "flights_stage_0_work_1", seconds(100), seconds(10), seconds(100), false),
            new Sensitivity("flights_stage_1_work_4", seconds(50), seconds(5), seconds(50), false),
            new Sensitivity("flights_stage_0_work_2", seconds(60), seconds(0), seconds(20), false));
  }

  @Test
  void whatIfsArePlayedWithTheSameDurations() {
    var waves = new Waves().wave(10, 10, 10);
    var slower = new Work.Slower(new Work.Given(seconds(10)), 3);

    var forecast =
        Forecast.of(
            waves.definition(),
            waves.works(),
            Waves.unlimited(),
            List.of(
                new WhatIf("limit 1", Waves.unlimited().limited(1), Map.of()),
                new WhatIf("slow", Waves.unlimited(), Map.of("flights_stage_0_work_2", slower))),
            new Chance(10, 1));

    assertThat(forecast.alternatives())
        .extracting(Alternative::what, Alternative::makespan)
        .containsExactly(
            tuple("limit 1", seconds(30)),
            tuple("slow", seconds(30)),
            tuple("no limits at all", seconds(10)));
  }

  @Test
  void chanceGivesPercentilesAndTheSameOnesForTheSameSeed() {
    var waves =
        new Waves()
            .wave(new Work.Between(seconds(100), seconds(200)))
            .wave(
                new Work.Past(
                    List.of(
                        List.of(new Try(seconds(0), seconds(10), null)),
                        List.of(new Try(seconds(0), seconds(30), null)))));

    var spread = spread(waves, 1_000, 5);

    assertThat(spread).isEqualTo(spread(waves, 1_000, 5)).isNotEqualTo(spread(waves, 1_000, 6));
    assertThat(spread.runs()).isEqualTo(1_000);
    assertThat(spread.p50()).isBetween(seconds(160), seconds(180));
    assertThat(spread.p90()).isBetween(seconds(205), seconds(225));
  }

  private static Spread spread(Waves waves, int runs, long seed) {
    return Forecast.of(
            waves.definition(), waves.works(), Waves.unlimited(), List.of(), new Chance(runs, seed))
        .spread();
  }

  private static List<String> ids(List<Span> path) {
    return path.stream()
        .map(span -> span.key().substring(span.key().lastIndexOf('_') + 1))
        .toList();
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
