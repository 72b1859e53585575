package dev.core.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a kill leaves behind is the file as it is at that moment. So the file is copied after every
 * commit, and each copy must hold that commit: a kill at every moment between two commits.
 */
class EmbeddedDurabilityTest {
  private static final int COMMITS = 250;

  @TempDir Path directory;

  /** H2 2.5.250 and 2.5.252 lose up to 20 commits once they use freed space again. */
  @Test
  void everyCommitIsInTheFileWhenItReturns() throws Exception {
    var settings = Settings.load(Map.of(), directory);
    var file = directory.resolve(".core/database/core.mv.db");
    try (var database = Database.openUnmigrated(settings);
        var handle = database.jdbi().open()) {
      handle.execute("create table counter (id int primary key, n int not null, filler varchar)");
      handle.execute("insert into counter select x, 0, '' from system_range(1, 30) as t (x)");
      // Space that is no longer needed is used again after 45 s: here at once.
      handle.execute("set retention_time 0");
      for (int n = 1; n <= COMMITS; n++) {
        // Of varied length, so that what comes next does not go where it was expected to.
        handle.execute(
            "update counter set n = ?, filler = ? where id = ?",
            n,
            "x".repeat(n * 7919 % 12_000),
            1 + n % 30);
        assertThat(newest(file)).as("in the file after commit %d", n).isEqualTo(n);
      }
    }
  }

  private int newest(Path file) throws IOException, SQLException {
    var copy = directory.resolve("copy.mv.db");
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    var url = "jdbc:h2:file:" + directory.resolve("copy") + ";DATABASE_TO_LOWER=TRUE;IFEXISTS=TRUE";
    try (var connection = DriverManager.getConnection(url, "sa", "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select max(n) from counter")) {
      assertThat(rows.next()).isTrue();
      var newest = rows.getInt(1);
      statement.execute("shutdown immediately");
      return newest;
    }
  }
}
