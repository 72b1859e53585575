package dev.core.common.configuration.yaml;

import static dev.core.common.configuration.yaml.Column.key;
import static dev.core.common.configuration.yaml.Column.reference;
import static dev.core.common.configuration.yaml.Column.value;

import dev.core.common.configuration.yaml.Column.Type;
import java.util.List;
import java.util.Optional;

/**
 * The tables of the configuration, each after those that it refers to, with the columns of a {@link
 * Row}. Foreign keys appear as the names of what they point at.
 */
enum Table {
  CLIENTS("client", "clients", "", List.of("name"), value("name"), value("description")),

  BRANDS(
      "brand",
      "brands",
      "join configuration.clients c on c.id = t.client_id",
      List.of("client", "name"),
      reference(
          "client",
          "c.name",
          "client_id",
          "select id from configuration.clients where name = :client"),
      value("name"),
      value("description")),

  SEGMENTS("segment", "segments", "", List.of("name"), value("name"), value("description")),

  PIPELINE_TYPES(
      "pipeline type",
      "pipeline_types",
      "left join configuration.segments s on s.id = t.segment_id",
      List.of("name"),
      value("name"),
      reference(
          "segment",
          "s.name",
          "segment_id",
          "select id from configuration.segments where name = :segment"),
      value("description")),

  STATE_TYPES(
      "state type",
      "pipeline_state_types",
      "",
      List.of("name"),
      value("name"),
      value("graph_order", Type.INTEGER),
      value("description")),

  POOLS(
      "pool",
      "pools",
      "",
      List.of("name"),
      value("name"),
      value("slots", Type.INTEGER),
      value("description")),

  TAGS("tag", "tags", "", List.of("name"), value("name"), value("description")),

  TEMPLATES(
      "template",
      "transformation_templates",
      """
      left join configuration.pipeline_state_types y on y.id = t.pipeline_state_type_id
      left join configuration.pools o on o.id = t.pool_id
      """,
      List.of("name"),
      value("name"),
      value("description"),
      value("variable_structures", Type.STRUCTURES),
      reference(
          "state_type",
          "y.name",
          "pipeline_state_type_id",
          "select id from configuration.pipeline_state_types where name = :state_type"),
      value("vcpus", Type.DECIMAL),
      value("memory_mib", Type.INTEGER),
      value("timeout_seconds", Type.INTEGER),
      value("attempts", Type.INTEGER),
      value("retry_delay_seconds", Type.INTEGER),
      reference(
          "pool", "o.name", "pool_id", "select id from configuration.pools where name = :pool"),
      value("image"),
      value("job_queue"),
      value("partitions")),

  TEMPLATE_TAGS(
      "tag of template",
      "transformation_template_tags",
      """
      join configuration.transformation_templates e on e.id = t.transformation_template_id
      join configuration.tags g on g.id = t.tag_id
      """,
      List.of("template", "tag"),
      reference(
          "template",
          "e.name",
          "transformation_template_id",
          "select id from configuration.transformation_templates where name = :template"),
      reference("tag", "g.name", "tag_id", "select id from configuration.tags where name = :tag")),

  PIPELINES(
      "pipeline",
      "pipelines",
      """
      join configuration.brands b on b.id = t.brand_id
      join configuration.clients c on c.id = b.client_id
      join configuration.pipeline_types y on y.id = t.pipeline_type_id
      """,
      List.of("name"),
      value("name"),
      key("client", "c.name"),
      reference(
          "brand",
          "b.name",
          "brand_id",
          """
          select b.id from configuration.brands b
          join configuration.clients c on c.id = b.client_id
          where c.name = :client and b.name = :brand\
          """),
      reference(
          "pipeline_type",
          "y.name",
          "pipeline_type_id",
          "select id from configuration.pipeline_types where name = :pipeline_type"),
      value("description"),
      value("is_active", Type.BOOLEAN),
      value("run_frequency"),
      value("time_zone"),
      value("start_date", Type.TIMESTAMP),
      value("is_catching_up", Type.BOOLEAN),
      value("overlap_policy"),
      value("overlap_limit", Type.INTEGER),
      value("priority", Type.INTEGER),
      value("parallel_task_limit", Type.INTEGER)),

  PARAMETERS(
      "parameter",
      "pipeline_parameters",
      "join configuration.pipelines p on p.id = t.pipeline_id",
      List.of("pipeline", "name"),
      reference(
          "pipeline",
          "p.name",
          "pipeline_id",
          "select id from configuration.pipelines where name = :pipeline"),
      value("name"),
      value("datatype"),
      value("default_value"),
      value("description")),

  STATES(
      "state",
      "pipeline_states",
      """
      join configuration.pipelines p on p.id = t.pipeline_id
      join configuration.pipeline_state_types y on y.id = t.pipeline_state_type_id
      """,
      List.of("pipeline", "state"),
      reference(
          "pipeline",
          "p.name",
          "pipeline_id",
          "select id from configuration.pipelines where name = :pipeline"),
      reference(
          "state",
          "y.name",
          "pipeline_state_type_id",
          "select id from configuration.pipeline_state_types where name = :state"),
      value("graph_order", Type.INTEGER)),

  TRANSFORMATIONS(
      "transformation",
      "transformations",
      """
      join configuration.pipeline_states s on s.id = t.pipeline_state_id
      join configuration.pipelines p on p.id = s.pipeline_id
      join configuration.pipeline_state_types y on y.id = s.pipeline_state_type_id
      join configuration.transformation_templates e on e.id = t.transformation_template_id
      left join configuration.pools o on o.id = t.pool_id
      """,
      List.of("id"),
      value("id", Type.ID),
      key("pipeline", "p.name"),
      reference(
          "state",
          "y.name",
          "pipeline_state_id",
          """
          select s.id from configuration.pipeline_states s
          join configuration.pipelines p on p.id = s.pipeline_id
          join configuration.pipeline_state_types y on y.id = s.pipeline_state_type_id
          where p.name = :pipeline and y.name = :state\
          """),
      reference(
          "template",
          "e.name",
          "transformation_template_id",
          "select id from configuration.transformation_templates where name = :template"),
      value("graph_order", Type.INTEGER),
      value("description"),
      value("vcpus", Type.DECIMAL),
      value("memory_mib", Type.INTEGER),
      value("timeout_seconds", Type.INTEGER),
      value("attempts", Type.INTEGER),
      value("retry_delay_seconds", Type.INTEGER),
      reference(
          "pool", "o.name", "pool_id", "select id from configuration.pools where name = :pool"),
      value("image"),
      value("job_queue"),
      value("partitions")),

  VARIABLES(
      "variable",
      "transformation_variables",
      """
      join configuration.transformations f on f.id = t.transformation_id
      join configuration.pipeline_states s on s.id = f.pipeline_state_id
      join configuration.pipelines p on p.id = s.pipeline_id
      """,
      List.of("transformation", "name"),
      value("transformation", "transformation_id", Type.ID),
      key("pipeline", "p.name"),
      value("name"),
      value("value", "text_value", Type.TEXT));

  private final String noun;
  private final String tableName;
  private final String joins;
  private final List<String> keyColumns;
  private final List<Column> columns;

  Table(String noun, String tableName, String joins, List<String> keyColumns, Column... columns) {
    this.noun = noun;
    this.tableName = tableName;
    this.joins = joins;
    this.keyColumns = keyColumns;
    this.columns = List.of(columns);
  }

  /** What people call a row of it. */
  String noun() {
    return noun;
  }

  String tableName() {
    return tableName;
  }

  /** Columns that identify a row for people; unique in the store. */
  List<String> keyColumns() {
    return keyColumns;
  }

  List<Column> columns() {
    return columns;
  }

  Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** Joins of what {@link #columns} read, after the table itself as {@code t}. */
  String joins() {
    return joins;
  }
}
