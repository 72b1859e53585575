package dev.core.orchestrator.simulation.broken;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The simulator notices each engine that is broken on purpose. */
@Tag("simulated")
class BrokenEnginesTest {

  private static final int SEEDS = 200;

  @Test
  void eachBrokenEngineIsCaughtWithinTwoHundredSeeds() throws Exception {
    assertThat(BrokenEngines.ALL).hasSizeGreaterThanOrEqualTo(20);

    List<Catch> catches = Hunt.firstCatches(BrokenEngines.ALL, SEEDS);

    assertThat(catches)
        .allSatisfy(
            each -> assertThat(each.caughtIn()).as("%s is caught", each.engine()).isPositive());
  }

  @Test
  void theEngineThatIsNotBrokenIsNotCaught() throws Exception {
    var unbroken =
        BrokenEngine.engine("nothing is broken", "Deadlines", "/** When time", "/** When Time");

    assertThat(Hunt.firstCatches(List.of(unbroken), 5))
        .allSatisfy(each -> assertThat(each.caughtIn()).isZero());
  }
}
