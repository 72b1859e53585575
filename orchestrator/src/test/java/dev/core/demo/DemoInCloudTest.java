package dev.core.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;
import dev.core.orchestrator.compute.cloud.EmulatedAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The demo in cloud mode against an emulated account: each transformation is a process of {@code
 * corebot} that Batch started, the database's login is a secret, datasets are in a bucket. The
 * figures are those of the other modes.
 *
 * <p>Each job costs the start of a JVM, so one pipeline is run; {@code -Dcore.demo.cloud=all} runs
 * all three.
 */
@Tag("cloud")
class DemoInCloudTest extends DemoTests {

  private final TestDatabase postgres = TestDatabases.emptyPostgres();
  private EmulatedAccount account;

  @Override
  Map<String, String> settings(Path folder) throws IOException {
    account = new EmulatedAccount(folder, postgres, 3, false);
    var environment = new TreeMap<>(account.environment());
    account.publish(Map.of("CORE_HOME", folder.resolve("jobs").toString()));
    return environment;
  }

  @Override
  List<String> pipelines() {
    return System.getProperty("core.demo.cloud", "").equals("all")
        ? super.pipelines()
        : List.of("wildlife_strikes");
  }

  @Override
  void end() throws Exception {
    account.close();
    postgres.close();
  }

  @Test
  void everyTransformationWasAJobAndWroteToTheBucket() throws SQLException {
    assertThat(values("select count(*) from execution.tasks where kind = 'TRANSFORMATION'"))
        .isEqualTo(List.of(String.valueOf(account.aws().faults().calls("submitjob"))))
        .isNotEqualTo(List.of("0"));
    assertThat(values("select distinct mode from execution.attempts")).containsExactly("cloud");
    assertThat(values("select distinct root from execution.datasets"))
        .containsExactly("s3://core-datasets");
  }

  private List<String> values(String query) throws SQLException {
    var values = new ArrayList<String>();
    try (var connection = postgres.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
