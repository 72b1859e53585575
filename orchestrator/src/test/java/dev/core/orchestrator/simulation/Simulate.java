package dev.core.orchestrator.simulation;

import dev.core.orchestrator.simulation.broken.CountCatches;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code script/simulate} runs. */
@Command(
    name = "script/simulate",
    description = {
      "Runs the real engine on a virtual clock, one simulation for each seed, and checks after every"
          + " step what must hold. Stops at the first seed that fails, and prints the shortest"
          + " script of faults with which it still does.",
      "docs/simulation.md says more."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every law held", "1:a law was broken", "2:wrong usage"})
public final class Simulate implements Callable<Integer> {

  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(5);

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds. Default: 500.")
  private @Nullable Long seeds;

  @Option(names = "--minutes", paramLabel = "M", description = "Runs seeds for so long instead.")
  private @Nullable Double minutes;

  @Option(names = "--from", paramLabel = "N", description = "The first seed. Default: 1.")
  private long from = 1;

  @Option(names = "--threads", paramLabel = "N", description = "Default: one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", description = "Runs this seed alone.")
  private @Nullable Long seed;

  @Option(names = "--trace", description = "Prints what happens in --seed, a line for each thing.")
  private boolean trace;

  @Option(
      names = "--script",
      paramLabel = "FAULTS",
      description = "Only these faults strike in --seed: KIND@place#number, between commas.")
  private @Nullable String script;

  @Option(
      names = "--broken",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "WORD",
      description = {
        "Counts in how many of --seeds (200) each deliberately broken engine is caught;",
        "only those with the word in their names."
      })
  private @Nullable String broken;

  @Option(
      names = "--first",
      description = "With --broken: no seed after the first that catches it.")
  private boolean first;

  private final PrintWriter out =
      new PrintWriter(
          new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));

  private long printedAt = System.nanoTime();

  public static void main(String[] arguments) {
    int code;
    try (var _ = new Silence()) {
      code = new CommandLine(new Simulate()).execute(arguments);
    }
    System.exit(code);
  }

  @Override
  public Integer call() throws Exception {
    try {
      if (broken != null) {
        return CountCatches.count(seeds == null ? 200 : seeds.intValue(), broken, first, this::tell)
            ? 0
            : 1;
      }
      return seed == null ? many(seeds == null ? 500 : seeds) : one(seed);
    } finally {
      out.flush();
    }
  }

  private int one(long only) throws Exception {
    List<Fault> faults = script == null ? null : Fault.script(script);
    Result result =
        Seeds.inDeepThread(() -> new Simulation(only, faults, trace ? out : null).run());
    out.println(Summary.of(result.tally(), 1, 0.001));
    Violation violation = result.violation();
    if (violation == null) {
      out.println("seed " + only + ": every law held");
      return 0;
    }
    out.println("seed " + only + " breaks " + violation.getMessage());
    if (violation.getCause() != null) {
      violation.getCause().printStackTrace(out);
    }
    return 1;
  }

  private int many(long number) throws Exception {
    long start = System.nanoTime();
    Double limit = minutes;
    var run =
        new Seeds(
            from,
            limit == null ? from + number - 1 : Long.MAX_VALUE,
            threads,
            () -> limit != null && System.nanoTime() - start > limit * 60e9,
            done -> progress(done, start));
    run.run();
    out.println(Summary.of(run.tally(), run.done(), (System.nanoTime() - start) / 1e9));
    if (run.failures().isEmpty()) {
      out.println("every law held");
      return 0;
    }
    for (Seeds.Failure failure : run.failures()) {
      tell(failure);
    }
    return 1;
  }

  private synchronized void tell(String line) {
    out.println(line);
    out.flush();
  }

  private void tell(Seeds.Failure failure) throws Exception {
    long which = failure.seed();
    out.println("seed " + which + " breaks " + failure.violation().getMessage());
    out.println("shrinking " + failure.result().struck().size() + " faults …");
    out.flush();
    var shortest = Seeds.inDeepThread(() -> Shrinker.shrink(which, failure.result()));
    out.println(
        "  script/simulate --seed %d --trace --script '%s'"
            .formatted(which, String.join(",", shortest.stream().map(Fault::toString).toList())));
  }

  private synchronized void progress(long done, long start) {
    long now = System.nanoTime();
    if (now - printedAt > BETWEEN_PROGRESS.toNanos()) {
      printedAt = now;
      out.println("%,d seeds, %.1f a second".formatted(done, done * 1e9 / (now - start)));
      out.flush();
    }
  }
}
