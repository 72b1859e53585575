package dev.core.orchestrator.simulation.broken;

import java.util.List;

/** What {@code script/simulate --broken} runs: in how many seeds each broken engine is caught. */
public final class CountCatches {

  private CountCatches() {}

  /**
   * @param arguments how many seeds; then, optionally, a word of the names of the engines
   */
  public static void main(String[] arguments) throws Exception {
    int seeds = arguments.length == 0 ? 200 : Integer.parseInt(arguments[0]);
    List<BrokenEngine> engines =
        BrokenEngines.ALL.stream()
            .filter(each -> arguments.length < 2 || each.name().contains(arguments[1]))
            .toList();
    boolean untilCaught = arguments.length > 2;
    var _ = Hunt.allCatches(engines, seeds, untilCaught, CountCatches::print);
    System.exit(0);
  }

  private static synchronized void print(Catch each) {
    System.out.printf(
        "%3d of %3d, first %3d  %s  %s%n    %s%n",
        each.caughtIn(),
        each.seeds(),
        each.firstSeed(),
        each.engine(),
        each.laws(),
        each.violation());
  }
}
