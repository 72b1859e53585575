package dev.core.migrations;

import java.sql.Connection;
import java.sql.SQLException;

/** The least that a pipeline needs. */
final class ConfigurationRows {
  private ConfigurationRows() {}

  static void insertPipeline(Connection connection, String name) throws SQLException {
    Rows.run(connection, "insert into configuration.clients (id, name) values (101, 'client')");
    Rows.run(
        connection,
        "insert into configuration.brands (id, client_id, name) values (101, 101, 'brand')");
    Rows.run(
        connection, "insert into configuration.pipeline_types (id, name) values (101, 'type')");
    Rows.run(
        connection,
        "insert into configuration.pipelines (id, name, brand_id, pipeline_type_id) values (101, ?, 101, 101)",
        name);
  }
}
