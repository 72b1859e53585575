package dev.core.orchestrator.simulation.broken;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Simulates broken engines, several beside each other, until they are found out or for long. */
final class Hunt {

  private static final long STACK = 64L << 20;

  private Hunt() {}

  /** Of each engine the first seed that catches it. */
  static List<Catch> firstCatches(List<BrokenEngine> engines, int seeds) throws Exception {
    return allCatches(engines, seeds, true, _ -> {});
  }

  /**
   * Of each engine the seeds that catch it.
   *
   * @param untilCaught no more than the first
   * @param told of each engine as soon as it is done, from any thread
   */
  static List<Catch> allCatches(
      List<BrokenEngine> engines, int seeds, boolean untilCaught, Consumer<Catch> told)
      throws Exception {
    return each(
        engines,
        engine -> {
          Catch caught = hunt(engine, seeds, untilCaught);
          told.accept(caught);
          return caught;
        });
  }

  private interface Search {
    Catch search(BrokenEngine engine) throws Exception;
  }

  private static List<Catch> each(List<BrokenEngine> engines, Search search) throws Exception {
    requireAll(engines);
    var logger = (Logger) LoggerFactory.getLogger("dev.core.orchestrator");
    @Nullable Level before = logger.getLevel();
    logger.setLevel(Level.OFF);
    try (ExecutorService threads =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            work -> new Thread(null, work, "hunt", STACK))) {
      var searches = new ArrayList<Future<Catch>>();
      for (BrokenEngine engine : engines) {
        Callable<Catch> work = () -> search.search(engine);
        searches.add(threads.submit(work));
      }
      var catches = new ArrayList<Catch>();
      for (Future<Catch> each : searches) {
        catches.add(each.get());
      }
      return catches;
    } finally {
      logger.setLevel(before);
    }
  }

  /** All at once, before the long part begins. */
  private static void requireAll(List<BrokenEngine> engines) throws IOException {
    var problems = new ArrayList<String>();
    for (BrokenEngine engine : engines) {
      engine.problem().ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(String.join("\n", problems));
    }
  }

  /** From 1 on, but for the one that is tried first. */
  private static List<Long> order(BrokenEngine engine, int seeds) {
    var order = new ArrayList<Long>();
    order.add(engine.seed());
    for (long seed = 1; seed <= seeds; seed++) {
      if (seed != engine.seed()) {
        order.add(seed);
      }
    }
    return order;
  }

  private static Catch hunt(BrokenEngine engine, int seeds, boolean untilCaught) throws Exception {
    var simulator = BrokenClasses.simulator(engine);
    var laws = new TreeMap<String, Integer>();
    int caught = 0;
    int run = 0;
    long first = 0;
    String violation = null;
    for (long seed : order(engine, seeds)) {
      if (untilCaught && caught > 0) {
        break;
      }
      String broken = simulator.apply(seed);
      run++;
      if (broken != null) {
        caught++;
        laws.merge(broken.substring(0, broken.indexOf(':')), 1, Integer::sum);
        if (violation == null) {
          violation = broken;
        }
        first = first == 0 ? seed : Math.min(first, seed);
      }
    }
    return new Catch(engine, run, caught, first, violation, laws);
  }
}
