package dev.core.orchestrator.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The engine under its simulator, and the simulator itself. */
@Tag("simulated")
class SimulationTest {

  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static Silence silence;

  @BeforeAll
  static void beSilent() {
    silence = new Silence();
  }

  @AfterAll
  static void speakAgain() {
    silence.close();
  }

  @Test
  void everyLawHoldsInFiveHundredSeedsOrForAMinute() throws Exception {
    long start = System.nanoTime();
    var seeds =
        new Seeds(
            1,
            500,
            Runtime.getRuntime().availableProcessors(),
            () -> System.nanoTime() - start > AT_MOST.toNanos(),
            _ -> {});

    seeds.run();

    assertThat(seeds.failures())
        .as("script/simulate --seed N --trace tells what happened")
        .extracting(failure -> "seed " + failure.seed() + ": " + failure.violation().getMessage())
        .isEmpty();
    assertThat(seeds.done()).isGreaterThan(10);
    assertThat(seeds.tally().of("attempts")).isGreaterThan(seeds.done());
  }

  @Test
  void theSameSeedGivesTheSameTraceByteForByte() throws Exception {
    for (long seed : new long[] {3, 17, 42}) {
      String first = trace(seed, null);
      assertThat(first.lines().count()).isGreaterThan(50);
      assertThat(trace(seed, null)).isEqualTo(first);
    }
  }

  @Test
  void theFaultsThatStruckAreAScriptThatGivesTheSameTrace() throws Exception {
    List<Fault> struck = Seeds.inDeepThread(() -> new Simulation(5, null, null).run()).struck();

    String script = String.join(",", struck.stream().map(Fault::toString).toList());

    assertThat(Fault.script(script)).isEqualTo(struck);
    assertThat(trace(5, struck)).isEqualTo(trace(5, null));
  }

  @Test
  void withoutFaultsNothingFails() throws Exception {
    var result = Seeds.inDeepThread(() -> new Simulation(7, List.of(), null).run());

    assertThat(result.violation()).isNull();
    assertThat(result.struck()).isEmpty();
    assertThat(result.tally().transitions()).doesNotContainKey("task RUNNING -> FAILED");
  }

  @Test
  void aScriptIsShrunkToWhatTheFailureNeeds() {
    List<Fault> all =
        IntStream.range(0, 100)
            .mapToObj(i -> new Fault(FaultKind.REPLY_LOST, "place " + i, 1))
            .toList();
    List<Fault> needed = List.of(all.get(7), all.get(64), all.get(65));

    assertThat(new Shrinker(script -> script.containsAll(needed), 400).shrink(all))
        .isEqualTo(needed);
    assertThat(new Shrinker(_ -> true, 400).shrink(all)).isEmpty();
    assertThat(new Shrinker(_ -> false, 400).shrink(all)).isEqualTo(all);
  }

  private static String trace(long seed, List<Fault> script) throws Exception {
    var text = new StringWriter();
    try (var out = new PrintWriter(text)) {
      Seeds.inDeepThread(() -> new Simulation(seed, script, out).run());
    }
    return text.toString();
  }
}
