package dev.core.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckSessionTest {

  @TempDir Path folder;

  private DuckSession open() throws SQLException {
    return DuckSession.open(new DuckSession.Limits(256, 1, null, List.of(), List.of(folder)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select * from read_text('/etc/passwd')",
        "select * from read_blob('/proc/self/environ')",
        "select * from glob('/etc/*')",
        "copy (select 1) to '/tmp/core-duck-test-escape.csv'",
        "copy (select 1) to '%s/../core-duck-test-escape.csv'",
        "export database '/tmp/core-duck-test-escape'",
        "attach '/tmp/core-duck-test-escape.db' as other",
        "install httpfs",
        "load httpfs",
        "select * from read_csv('https://example.com/x.csv')",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "set memory_limit = '1TB'",
        "pragma threads = 64",
      })
  void nothingElseIsReachedAndNothingLifted(String sql) throws Exception {
    try (var session = open()) {
      assertThatThrownBy(() -> session.execute(sql.formatted(folder)))
          .isInstanceOf(SQLException.class);
    }
    try (var entries = Files.newDirectoryStream(Path.of("/tmp"), "core-duck-test-escape*")) {
      assertThat(entries).isEmpty();
    }
    assertThat(folder.resolveSibling("core-duck-test-escape.csv")).doesNotExist();
  }

  @Test
  void ownFolderIsReadAndWritten() throws Exception {
    try (var session = open()) {
      var file = DuckSession.literal(folder.resolve("it's.parquet").toString());
      session.execute("copy (select 42 as n) to " + file + " (format parquet)");
      assertThat(session.number("select n from " + file)).isEqualTo(42);
    }
  }

  @Test
  void interruptCancelsTheStatementAndTheSessionGoesOn() throws Exception {
    try (var session = open()) {
      var failure = new CompletableFuture<Throwable>();
      var thread =
          Thread.ofPlatform()
              .start(() -> {
                Thread.currentThread().interrupt();
                try {
                  session.execute(
                      "select count(*) from range(1000000) a, range(1000000) b"
                          + " where (a.range * b.range) % 7 = 3");
                  failure.complete(new AssertionError("it ended by itself"));
                } catch (Throwable e) {
                  failure.complete(e);
                }
              });
      assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      thread.join();
      assertThat(session.number("select 7")).isEqualTo(7);
    }
  }

  @Test
  void unpackedLibraryDoesNotStayBehind() throws Exception {
    open().close();
    if (Files.isReadable(Path.of("/proc/self/maps"))) {
      try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
        assertThat(lines.filter(line -> line.contains("/libduckdb_java")))
            .isNotEmpty()
            .allMatch(line -> line.endsWith("(deleted)"));
      }
    }
  }
}
