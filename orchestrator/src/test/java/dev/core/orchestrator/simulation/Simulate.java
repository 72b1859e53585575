package dev.core.orchestrator.simulation;

import dev.core.orchestrator.simulation.broken.CountCatches;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code script/simulate} runs. */
@Command(
    name = "script/simulate",
    description = {
      "Runs the real engine on a virtual clock, one simulation for each seed, and checks after every"
          + " step what must hold. Stops at the first seed that fails, and prints the shortest"
          + " script of faults with which it still does.",
      "docs/simulation.md says more."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every law held", "1:a law was broken", "2:wrong usage"})
public final class Simulate implements Callable<Integer> {

  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(5);

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this.")
  private boolean help;

  @Option(names = "--seeds", paramLabel = "N", description = "How many seeds. Default: 500.")
  private @Nullable Long seeds;

  @Option(names = "--minutes", paramLabel = "M", description = "Runs seeds for so long instead.")
  private @Nullable Double minutes;

  @Option(names = "--from", paramLabel = "N", description = "The first seed. Default: 1.")
  private @Nullable Long from;

  @Option(names = "--threads", paramLabel = "N", description = "Default: one for each processor.")
  private @Nullable Integer threads;

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
    List<String> problems = problems();
    if (!problems.isEmpty()) {
      throw new ParameterException(spec.commandLine(), String.join("\n", problems));
    }
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

  /** What is wrong with the options, all of it. */
  private List<String> problems() throws IOException {
    var problems = new ArrayList<String>();
    require(problems, seeds == null || seeds > 0, "--seeds must be 1 or more, not " + seeds);
    require(problems, minutes == null || minutes > 0, "--minutes must be above 0, not " + minutes);
    require(
        problems, threads == null || threads > 0, "--threads must be 1 or more, not " + threads);
    require(
        problems, seeds == null || minutes == null, "--seeds and --minutes are one or the other");
    boolean many = seeds != null || minutes != null || from != null || threads != null;
    require(
        problems,
        seed == null || (!many && broken == null),
        "--seed runs one seed alone: without --seeds, --minutes, --from, --threads and --broken");
    require(
        problems,
        seed != null || (!trace && script == null),
        "--trace and --script are about one seed: name it with --seed");
    require(problems, broken != null || !first, "--first goes with --broken");
    if (broken != null && CountCatches.names(broken).isEmpty()) {
      problems.add(
          "no broken engine has '%s' in its name; there are:\n  %s"
              .formatted(broken, String.join("\n  ", CountCatches.names(""))));
    }
    if (script != null) {
      problems.addAll(Fault.problems(script));
    }
    return problems;
  }

  private static void require(List<String> problems, boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  private int one(long only) throws Exception {
    long start = System.nanoTime();
    List<Fault> faults = script == null ? null : Fault.script(script);
    Result result =
        Seeds.inDeepThread(() -> new Simulation(only, faults, trace ? out : null).run());
    out.println(Summary.of(result.tally(), 1, (System.nanoTime() - start) / 1e9));
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
    long begin = from == null ? 1 : from;
    var run =
        new Seeds(
            begin,
            limit == null ? begin + number - 1 : Long.MAX_VALUE,
            threads == null ? Runtime.getRuntime().availableProcessors() : threads,
            () -> limit != null && System.nanoTime() - start > limit * 60e9,
            done -> progress(done, limit == null ? number : null, start));
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

  private synchronized void progress(long done, @Nullable Long number, long start) {
    long now = System.nanoTime();
    if (now - printedAt > BETWEEN_PROGRESS.toNanos()) {
      printedAt = now;
      out.println(
          "%,d%s seeds, %.1f a second"
              .formatted(
                  done,
                  number == null ? "" : " of %,d".formatted(number),
                  done * 1e9 / (now - start)));
      out.flush();
    }
  }
}
