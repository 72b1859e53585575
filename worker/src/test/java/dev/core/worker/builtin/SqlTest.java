package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.worker.attempt.Attempts;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.MemoryExhausted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTest {

  @TempDir Path folder;
  private Path flights;

  @BeforeEach
  void writeFlights() throws Exception {
    flights =
        Files.writeString(
            Files.createDirectories(folder.resolve("in/run_id=1")).resolve("flights.csv"),
            "origin,delay\nDTW,66\nHNL,95\nDTW,-5\nLAS,\n");
  }

  private Attempts sql(String text) {
    return new Attempts(new Sql(), folder).with("sql", text).reading("flights", flights);
  }

  @Test
  void rowsOfTheLastQueryAreTheOutputInItsOrder() throws Exception {
    var outcome =
        sql("""
        create temp table late as select * from flights where delay > 15;
        create macro minutes(x) as x || ' min';
        select origin, minutes(delay) as delay from late order by origin desc; -- done
        """)
            .run();
    assertThat(Attempts.csv(outcome, "output")).isEqualTo("origin,delay\nHNL,95 min\nDTW,66 min\n");
    var written = outcome.datasets().getFirst();
    assertThat(written.format()).isEqualTo("parquet");
    assertThat(written.rows()).isEqualTo(2);
    assertThat(written.files()).extracting(WrittenFile::path).containsExactly("output.parquet");
    assertThat(written.files().getFirst().bytes()).isPositive();
    assertThat(outcome.result().get("rows").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "csv"})
  void partitionedOutputKeepsItsColumns(String format) throws Exception {
    var outcome =
        sql("select origin, delay from flights where delay is not null")
            .with("format", format)
            .with("partition_by", "origin")
            .run();
    var written = outcome.datasets().getFirst();
    assertThat(written.rows()).isEqualTo(3);
    assertThat(written.files())
        .extracting(WrittenFile::path)
        .containsExactly("origin=DTW/data_0." + format, "origin=HNL/data_0." + format);
    assertThat(written.files()).extracting(WrittenFile::rows).containsExactly(2L, 1L);
    assertThat(Attempts.csv(outcome, "output").lines())
        .containsExactlyInAnyOrder("origin,delay", "DTW,66", "DTW,-5", "HNL,95");
  }

  @Test
  void jsonIsWrittenALineForEachRow() throws Exception {
    var outcome = sql("select * from flights limit 2").with("format", "json").run();
    assertThat(
            Files.readString(Path.of(outcome.datasets().getFirst().root(), "output/output.json")))
        .isEqualTo("{\"origin\":\"DTW\",\"delay\":66}\n{\"origin\":\"HNL\",\"delay\":95}\n");
    assertThat(outcome.datasets().getFirst().rows()).isEqualTo(2);
    assertThatThrownBy(
            () -> sql("select 1 as a").with("format", "json").with("partition_by", "a").run())
        .isInstanceOf(ConfigurationFault.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "origin"})
  void noRowsAreADatasetWithColumns(String partitionBy) throws Exception {
    var outcome = sql("select * from flights where false").with("partition_by", partitionBy).run();
    assertThat(Attempts.csv(outcome, "output")).isEqualTo("origin,delay\n");
    assertThat(outcome.datasets().getFirst().rows()).isZero();
  }

  @Test
  void partitionOfTheTaskIsAVariable() throws Exception {
    var outcome =
        sql("select getvariable('partition') as i, getvariable('partitions') as n")
            .partition(2, 5)
            .run();
    assertThat(Attempts.csv(outcome, "output")).isEqualTo("i,n\n2,5\n");
    assertThat(outcome.datasets().getFirst().files().getFirst().path())
        .isEqualTo("part-00002/output.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from read_csv('../../../../../../etc/passwd')",
        "select * from glob('/etc/*')",
        "select * from read_parquet('https://example.com/x.parquet')",
        "select * from read_parquet('s3://bucket/x.parquet')",
        "set enable_external_access = true; select 1",
        "set allowed_directories = ['/']; select 1",
        "reset lock_configuration; select 1",
        "set memory_limit = '1TB'; select 1",
        "create secret x (type s3); select * from 's3://bucket/x'",
      })
  void nothingOutsideOfItsFoldersIsReached(String text) {
    assertThatThrownBy(() -> sql(text).run())
        .isInstanceOf(DuckWork.SqlFailed.class)
        .hasMessageStartingWith("the SQL failed: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy (select 1) to '%s' (use_tmp_file false); select 1",
        "prepare p as copy (select 1) to '%s' (use_tmp_file false); execute p; select 1",
        "/* why */ explain analyze copy (select 1) to '%s' (use_tmp_file false); select 1",
        "export database '%s'; select 1",
        "attach '%s' as other; select 1",
        "install httpfs; select 1",
        "load httpfs; select 1",
        "pragma temp_directory = '/tmp'; select 1",
      })
  void statementsThatCouldWriteOverAnInputAreRefused(String text) throws Exception {
    var before = Files.readString(flights);
    assertThatThrownBy(() -> sql(text.formatted(flights)).run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("a statement may begin with alter, create");
    assertThat(flights).hasContent(before);
    assertThatThrownBy(() -> sql("select 1").with("checks", text.formatted(flights)).run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("no query");
  }

  @Test
  void whatIsWrongWithTheTextIsSaid() {
    assertThatThrownBy(() -> sql("-- nothing;").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("holds no statement");
    assertThatThrownBy(() -> sql("select 1; create table x as select 1").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("must be a query")
        .hasMessageContaining("create table x");
    assertThatThrownBy(() -> sql("select orgin from flights").run())
        .hasMessageContaining("orgin")
        .hasMessageContaining("origin");
  }

  @Test
  void checksThatDoNotHoldFailAndAreAllNamed() throws Exception {
    var checked =
        sql("select * from flights")
            .with(
                "checks",
                """
                select count(*) > 0 from output;
                select count(*) = 3 from output;
                -- every delay is known
                select delay is not null from output;
                select 1 from output where origin = 'XXX'
                """);
    assertThatThrownBy(checked::run)
        .isInstanceOf(SqlChecks.ChecksFailed.class)
        .hasMessageContaining("3 of 4 checks failed")
        .hasMessageContaining("check gave false: select count(*) = 3 from output")
        .hasMessageContaining("every delay is known")
        .hasMessageContaining("check gave no row");
    var good =
        sql("select * from flights").with("checks", "select count(*), true from output").run();
    assertThat(good.datasets()).hasSize(1);
  }

  @Test
  void interruptCancelsTheQuery() throws Exception {
    var started = new CountDownLatch(1);
    var failure = new CompletableFuture<Throwable>();
    var attempt =
        sql(
            "select count(*) from range(1000000) a, range(1000000) b where (a.range * b.range) % 7 = 3");
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              started.countDown();
              try {
                attempt.run();
                failure.complete(new AssertionError("it ended by itself"));
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    org.awaitility.Awaitility.await().until(() -> Files.exists(attempt.outputs()));
    thread.interrupt();
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void moreMemoryThanThereIsIsAFailureOfItsOwn() {
    var greedy = sql("select list(range || repeat('x', 1000)) from range(10000000)");
    assertThatThrownBy(greedy::run).isInstanceOf(MemoryExhausted.class);
  }
}
