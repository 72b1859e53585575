package dev.core.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.json.Json;
import dev.core.common.storage.DatasetStores;
import dev.core.common.variables.VariableStructures;
import dev.core.worker.process.ChildProcesses;
import dev.core.worker.run.TransformationWork;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.Transformations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int trials;

  @BeforeEach
  void writeFlights() throws Exception {
    Files.writeString(folder.resolve("flights.csv"), "origin,delay\nDTW,66\nHNL,95\nDTW,-5\n");
  }

  private Workbench workbench() {
    var transformations = Transformations.load(null);
    var work =
        new TransformationWork(
            transformations,
            folder,
            folder.resolve("scratch"),
            name -> {
              throw new ConfigurationFault(name);
            },
            new DatasetStores(),
            new ChildProcesses("commands-test", folder.resolve("children")));
    return new Workbench(transformations, work, folder);
  }

  private int execute(Callable<Integer> command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .setExecutionExceptionHandler((failure, line, _) -> {
          line.getErr().println(failure.getMessage());
          return 1;
        })
        .execute(arguments);
  }

  /** Writes below the test's own folder. */
  private int test(String... arguments) {
    Supplier<Workbench> workbench = this::workbench;
    var all = new ArrayList<>(List.of(arguments));
    if (all.stream().noneMatch(argument -> argument.startsWith("--output-dir"))) {
      all.add("--output-dir=made-" + ++trials);
    }
    return execute(
        new TestCommand(workbench, () -> Instant.parse("2001-01-01T00:00:00Z")),
        all.toArray(String[]::new));
  }

  @Test
  void listNamesEverythingAndGivesWhatAStoreNeeds() {
    assertThat(execute(new ListCommand(this::workbench))).isZero();
    assertThat(out.toString().lines()).hasSize(5).anyMatch(line -> line.startsWith("sql  "));
    assertThat(execute(new ListCommand(this::workbench), "--json")).isZero();
    var array = Json.tree(out.toString());
    assertThat(array).hasSize(5);
    for (var each : array) {
      assertThat(VariableStructures.parse(each.get("variable_structures")).problems()).isEmpty();
      assertThat(each.get("description").asText()).isNotEmpty();
    }
  }

  @Test
  void describeTellsTheVariablesAndWhatExistsInstead() {
    assertThat(execute(new DescribeCommand(this::workbench), "sql")).isZero();
    assertThat(out.toString())
        .contains("sql           string, required")
        .contains("format        string, default \"parquet\", one of parquet, csv, json")
        .contains("output        dataset, written, optional");
    assertThat(execute(new DescribeCommand(this::workbench), "shell", "--json")).isZero();
    assertThat(Json.tree(out.toString()).at("/variable_structures/command/datatype").asText())
        .isEqualTo("string");
    assertThat(execute(new DescribeCommand(this::workbench), "shel")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "there is no transformation 'shel'; did you mean 'shell'?; there are: copy_files,"
                + " initial_ingest, publish_files, shell, sql\n");
  }

  @Test
  void testRunsOneAloneAndShowsWhatItGives() {
    assertThat(
            test(
                "sql",
                "--input=flights=flights.csv",
                "--param=late=15",
                "--var=sql=select origin, count(*) as n from flights where delay > ${parameter.late}"
                    + " group by all order by origin",
                "--var",
                "output=late",
                "--output-dir=made"))
        .isZero();
    assertThat(out.toString())
        .startsWith("succeeded\nresult: {\"rows\":2}\n")
        .contains("late (parquet): 2 rows, 1 file,")
        .endsWith("origin  n\n------  -\nDTW     1\nHNL     1\n");
    assertThat(folder.resolve("made/late/late.parquet")).isNotEmptyFile();
  }

  @Test
  void jsonIsTheOutcomeAlone() throws Exception {
    Files.writeString(folder.resolve("query.sql"), "select 1 as one");
    assertThat(test("sql", "--var-file=sql=query.sql", "--output-dir=made", "--json")).isZero();
    assertThat(Json.tree(out.toString()).at("/datasets/0/rows").asInt()).isEqualTo(1);
  }

  @Test
  void everythingThatIsWrongWithTheVariablesIsSaidAtOnce() {
    assertThat(
            test(
                "initial_ingest",
                "--var=header=perhaps",
                "--var=formt=json",
                "--var=null_values=[",
                "--var=on_error=explode",
                "--var=skip_lines=few"))
        .isEqualTo(14);
    assertThat(err.toString().lines())
        .anyMatch(line -> line.startsWith("unknown variable 'formt'; did you mean 'format'?"))
        .anyMatch(line -> line.contains("'header'") && line.contains("perhaps"))
        .anyMatch(line -> line.contains("'null_values'"))
        .anyMatch(line -> line.contains("'skip_lines'"));
    assertThat(test("initial_ingest", "--var=on_error=explode")).isEqualTo(14);
    assertThat(err.toString())
        .contains("'on_error': 'explode' is not allowed; allowed: fail, reject, null");
    assertThat(test("sql", "--var=inputs=ingest/flights", "--input=other=nowhere.csv"))
        .isEqualTo(14);
    assertThat(err.toString()).contains("variable 'sql' (string) is missing");
    assertThat(test("sql", "--var=sql=select 1", "--var=inputs=ingest/flights", "--input=o=no.csv"))
        .isEqualTo(14);
    assertThat(err.toString())
        .contains("say where it is with --input flights=<path>")
        .contains("the input 'o' does not exist");
  }

  @Test
  void failuresHaveTheirExitCodes() {
    assertThat(test("shell", "--var=command=echo broken >&2; exit 3")).isEqualTo(10);
    assertThat(out.toString())
        .isEqualTo("failed (user): CommandFailed: the command exited with 3: broken\n");
    assertThat(test("sql", "--var=sql=delete from x")).isEqualTo(14);
    assertThat(
            test("sql", "--var=sql=select list(range || repeat('x', 1000)) from range(10000000)"))
        .isEqualTo(12);
    assertThat(test("nothing")).isEqualTo(1);
    assertThat(test("shell", "--partition=2/2", "--var=command=true")).isEqualTo(2);
    assertThat(test("shell", "--logical-date=today", "--var=command=true")).isEqualTo(2);
    assertThat(test("shell", "--var=nothing")).isEqualTo(2);
  }

  @Test
  void foldersThatHoldSomethingAreNotEmptied() throws Exception {
    var precious = Files.createDirectories(folder.resolve("made/output")).resolve("precious");
    Files.writeString(precious, "mine");
    assertThat(test("sql", "--var=sql=select 1", "--output-dir=made")).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty");
    assertThat(precious).hasContent("mine");
    assertThat(test("sql", "--var=sql=select 1", "--output-dir=made", "--overwrite")).isZero();
  }

  @Test
  void partitionsWriteIntoFoldersOfTheirOwn() {
    assertThat(
            test(
                "shell",
                "--partition=1/3",
                "--output-dir=made",
                "--var",
                "command=echo $CORE_PARTITION of $CORE_PARTITIONS > $CORE_OUTPUT/x"))
        .isZero();
    assertThat(folder.resolve("made/output/part-00001/x")).hasContent("1 of 3\n");
  }
}
