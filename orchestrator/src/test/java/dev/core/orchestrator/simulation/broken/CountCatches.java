package dev.core.orchestrator.simulation.broken;

import java.util.List;
import java.util.function.Consumer;

/** What {@code script/simulate --broken} runs: in how many seeds each broken engine is caught. */
public final class CountCatches {

  private CountCatches() {}

  /**
   * @param seeds how many of each engine
   * @param word of the names of the engines; empty: all of them
   * @param untilCaught no more than the first that catches it
   * @return whether each is caught
   */
  public static boolean count(int seeds, String word, boolean untilCaught, Consumer<String> out)
      throws Exception {
    List<BrokenEngine> engines = named(word);
    List<Catch> catches =
        Hunt.allCatches(engines, seeds, untilCaught, each -> out.accept(line(each)));
    return catches.stream().allMatch(each -> each.caughtIn() > 0);
  }

  /** Of the engines that have the word in their names. */
  public static List<String> names(String word) {
    return named(word).stream().map(BrokenEngine::name).toList();
  }

  private static List<BrokenEngine> named(String word) {
    return BrokenEngines.ALL.stream().filter(each -> each.name().contains(word)).toList();
  }

  private static String line(Catch each) {
    return "%3d of %3d, first %3d  %s  %s"
        .formatted(each.caughtIn(), each.seeds(), each.firstSeed(), each.engine(), each.laws());
  }
}
