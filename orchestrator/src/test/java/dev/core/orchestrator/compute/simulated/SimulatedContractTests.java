package dev.core.orchestrator.compute.simulated;

import com.zaxxer.hikari.HikariDataSource;
import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.protocol.jdbc.ExecutionRows;
import dev.core.common.protocol.jdbc.JdbcWorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.compute.ComputeBackend;
import dev.core.orchestrator.compute.ComputeBackendContract;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** The shared contract, for simulated jobs at twenty times the pace of real ones. */
@Tag("simulated")
abstract class SimulatedContractTests extends ComputeBackendContract {

  private static final int SPEED = 20;

  private HikariDataSource pool;
  private TestDatabase database;
  private ComputeBackend backend;
  private ExecutionRows rows;

  abstract TestDatabase open();

  @BeforeEach
  void start() {
    database = open();
    pool = new HikariDataSource();
    pool.setDataSource(database.dataSource());
    pool.setMaximumPoolSize(4);
    var opened = Database.over(pool, Dialect.of(database.url()));
    rows = new ExecutionRows(opened.jdbi());
    var timeline = new Timeline(Instant.EPOCH);
    var jobs =
        new SimulatedBackend(
            timeline,
            new ShellScenario(),
            new JdbcWorkerProtocol(opened.jdbi(), opened.dialect()),
            new ClaimSettings(
                Duration.ofSeconds(30), Duration.ofSeconds(90), Duration.ofSeconds(120)),
            new SimulatedBackend.Terms("here", Duration.ZERO, 64));
    backend = new PacedBackend(jobs, timeline, SPEED, System::nanoTime).started();
  }

  @AfterEach
  void stop() throws SQLException {
    backend.close();
    pool.close();
    database.close();
  }

  @Override
  protected ComputeBackend backend() {
    return backend;
  }

  @Override
  protected ExecutionRows rows() {
    return rows;
  }

  @Override
  protected String queue() {
    return "simulated";
  }
}
