package dev.core.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.core.bench.Report.EngineFigure;
import dev.core.bench.Report.LocalFigure;
import dev.core.bench.Report.Machine;
import dev.core.bench.Report.OnDatabase;
import dev.core.bench.Report.WideFigure;
import dev.core.common.database.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code script/bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the engine and local mode on databases that force every commit to the disk, and what the machine can do at best in the same run.",
      "Takes some minutes. Nothing else should run meanwhile."
    })
final class Bench implements Callable<Integer> {

  @Option(
      names = "--database",
      split = ",",
      paramLabel = "h2,postgres",
      description = "Only these databases.")
  private List<Dialect> dialects = List.of(Dialect.H2, Dialect.POSTGRES);

  /** What can be left out. */
  enum Section {
    ENGINE,
    SCALE,
    LOCAL
  }

  @Option(
      names = "--section",
      split = ",",
      paramLabel = "engine,scale,local",
      description = "Only these; the limits of the machine are always taken.")
  private List<Section> sections = List.of(Section.values());

  @Option(names = "--limits", description = "Only the limits of the machine.")
  private boolean limitsOnly;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description =
          "Where databases are made, on the disk to be measured; default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("target/bench");

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the figures are written as JSON; default: ${DEFAULT-VALUE}.")
  private Path json = Path.of("target/bench/figures.json");

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "A Markdown page whose figures, between its two marks, are replaced.")
  private @Nullable Path page;

  private static final Pattern MARKED =
      Pattern.compile("(<!-- figures[^>]*-->\\n).*?(<!-- end of figures -->)", Pattern.DOTALL);

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Files.createDirectories(folder);
    say("disk and processes …");
    var machine =
        new Machine(
            Runtime.version().toString(),
            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
            Runtime.getRuntime().availableProcessors(),
            MachineLimits.forcedWrites(folder),
            MachineLimits.processStarts(1, "/bin/sh", "-c", "true"),
            MachineLimits.processStarts(8, "/bin/sh", "-c", "true"));
    var measured = new ArrayList<OnDatabase>();
    for (var dialect : dialects) {
      measured.add(measure(dialect));
    }
    var dag = wants(Section.SCALE) ? DagUnderTest.measure() : null;
    var report = new Report(machine, dag, measured);
    write(report);
    var tables = Tables.of(report);
    System.out.println(tables);
    if (page != null) {
      var text = Files.readString(page);
      var figures = Matcher.quoteReplacement(LocalDate.now(ZoneOffset.UTC) + ". " + tables);
      Files.writeString(page, MARKED.matcher(text).replaceFirst("$1" + figures + "$2"));
    }
    say("as JSON: " + json);
    return 0;
  }

  private OnDatabase measure(Dialect dialect) throws Exception {
    var place = Files.createTempDirectory(folder, "database");
    try (var database = DurableDatabase.open(dialect, place)) {
      say(database.title() + ": limits of the machine …");
      var before = MachineLimits.of(database);
      if (limitsOnly) {
        return new OnDatabase(database.title(), before, List.of(), List.of(), null, List.of());
      }
      Shape.install(database.jdbi());
      List<EngineFigure> engine =
          wants(Section.ENGINE) ? EngineUnderTest.measure(database) : List.of();
      List<LocalFigure> local = wants(Section.LOCAL) ? LocalUnderTest.measure(database) : List.of();
      List<WideFigure> wide = wants(Section.SCALE) ? WideUnderTest.measure(database) : List.of();
      var store = wants(Section.SCALE) ? StoreUnderTest.measure(database) : null;
      var after = MachineLimits.of(database);
      return new OnDatabase(database.title(), before.mean(after), engine, wide, store, local);
    } finally {
      delete(place);
    }
  }

  private boolean wants(Section section) {
    return !limitsOnly && sections.contains(section);
  }

  private void write(Report report) throws IOException {
    var parent = json.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report);
  }

  static void say(String text) {
    System.err.println(text);
  }

  private static void delete(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (var path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
