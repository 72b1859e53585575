package dev.core.worker.builtin;

import static dev.core.common.definition.Datatype.DATASET;
import static dev.core.common.definition.Datatype.STRING;
import static dev.core.common.variables.VariableStructure.optional;
import static dev.core.common.variables.VariableStructure.optionalOutput;
import static dev.core.common.variables.VariableStructure.required;
import static dev.core.common.variables.VariableStructure.withDefault;

import dev.core.common.json.Json;
import dev.core.common.storage.DuckSession;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs SQL of DuckDB over its inputs, which are views by their aliases; the rows of the last
 * statement are the output. The SQL sees its inputs, its output and its scratch folder, and nothing
 * else of the machine or the network. Checks are queries that must come out true, over inputs and
 * {@code output}, before the output counts.
 */
public final class Sql implements Transformation {

  private static final TransformationDescription DESCRIPTION =
      TransformationDescription.of(
              "sql",
              "Runs SQL (DuckDB) over datasets; the rows of the last statement are the output."
                  + " Inputs are views by alias. The result holds rows, and without an output the"
                  + " first row.")
          .with("sql", required(STRING, "one or more statements, the last of them a query"))
          .with("inputs", optional(DATASET, "datasets to read, each a view by its alias"))
          .with("output", optionalOutput("dataset to write"))
          .with(
              "format",
              withDefault(STRING, "format of the output", "parquet")
                  .oneOf("parquet", "csv", "json"))
          .with("partition_by", optional(STRING, "columns, separated by commas"))
          .with(
              "checks",
              optional(
                  STRING,
                  "queries, separated by semicolons, whose every value must be true or not 0; the"
                      + " view output holds what was written"));

  @Override
  public TransformationDescription description() {
    return DESCRIPTION;
  }

  @Override
  public void run(TransformationContext context) throws Exception {
    var statements = statements(context);
    var checks = SqlChecks.of(context.variables().optional("checks").orElse(""));
    var folders =
        context.writes("output") ? List.of(context.output("output").folder()) : List.<Path>of();
    try (var session = DuckWork.openWithInputs(context, folders)) {
      session.execute("set variable partition = " + context.partition());
      session.execute("set variable partitions = " + context.partitions());
      for (var statement : statements.subList(0, statements.size() - 1)) {
        session.execute(statement);
        context.checkpoint();
      }
      var query = statements.getLast();
      var result =
          context.writes("output") ? write(context, session, query) : keepFirst(session, query);
      checks.run(session);
      context.logger().info("{} rows", result.get("rows"));
      context.result(result);
    } catch (SQLException e) {
      throw DuckWork.failure("the SQL failed", e);
    }
  }

  private static List<String> statements(TransformationContext context) {
    var statements = SqlStatements.split(context.variables().string("sql"));
    if (statements.isEmpty()) {
      throw new ConfigurationFault("variable 'sql' holds no statement");
    }
    if (!SqlStatements.isQuery(statements.getLast())) {
      throw new ConfigurationFault(
          "the last statement of variable 'sql' must be a query, such as select; it is: "
              + SqlChecks.shortened(statements.getLast()));
    }
    for (var statement : statements) {
      if (!SqlStatements.isPreparation(statement)) {
        throw new ConfigurationFault(
            "variable 'sql': a statement may begin with %s, but not like this: %s"
                .formatted(SqlStatements.allowed(), SqlChecks.shortened(statement)));
      }
    }
    return statements;
  }

  private static Map<String, Object> write(
      TransformationContext context, DuckSession session, String query)
      throws SQLException, IOException, InterruptedException {
    var variables = context.variables();
    var columns =
        Arrays.stream(variables.optional("partition_by").orElse("").split(","))
            .map(String::strip)
            .filter(column -> !column.isEmpty())
            .toList();
    if (!columns.isEmpty() && variables.string("format").equals("json")) {
      throw new ConfigurationFault(
          "variable 'partition_by' needs the format parquet or csv, not json");
    }
    var writer = new RowsWriter(session, context.output("output"), variables.string("format"));
    long rows = writer.write(query, columns);
    if (variables.has("checks") && !context.inputs().containsKey("output")) {
      session.execute("create view output as select * from " + writer.read().relation());
    }
    return Map.of("rows", rows);
  }

  private static Map<String, Object> keepFirst(DuckSession session, String query)
      throws SQLException, InterruptedException {
    session.execute("create temp table core_result as " + query);
    var result = new LinkedHashMap<String, Object>();
    result.put("rows", session.number("select count(*) from core_result"));
    session.query(
        "select to_json(core_result_row)::varchar from core_result as core_result_row limit 1",
        rows -> rows.next() ? result.put("first", Json.tree(rows.getString(1))) : null);
    return result;
  }
}
