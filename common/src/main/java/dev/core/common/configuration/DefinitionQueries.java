package dev.core.common.configuration;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.ParameterDefinition;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.Resources;
import dev.core.common.definition.StateDefinition;
import dev.core.common.variables.Checked;
import dev.core.common.variables.VariableStructure;
import dev.core.common.variables.VariableStructures;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * The queries that a definition is read with.
 *
 * @param name of the one pipeline to read; null: all
 */
record DefinitionQueries(Handle handle, @Nullable String name) {

  /** A pipeline without what belongs to it. */
  record PipelineRow(long id, PipelineDefinition head) {
    PipelineDefinition definition(
        List<ParameterDefinition> parameters, List<StateDefinition> states) {
      return new PipelineDefinition(
          head.name(),
          head.client(),
          head.brand(),
          head.segment(),
          head.pipelineType(),
          head.description(),
          head.runFrequency(),
          head.timeZone(),
          head.startDate(),
          head.catchingUp(),
          head.overlapPolicy(),
          head.overlapLimit(),
          head.priority(),
          head.parallelTaskLimit(),
          parameters,
          states);
    }
  }

  record StateRow(long pipelineId, long id, String name, int graphOrder) {}

  record TransformationRow(
      long stateId,
      long id,
      long templateId,
      String template,
      int graphOrder,
      Resources resources,
      @Nullable Long poolId,
      @Nullable String partitions) {}

  private record Owned<T>(long owner, T value) {}

  private record Named(String name, String value) {}

  List<PipelineRow> pipelines() {
    return list(
        """
        select p.id, p.name, c.name as client, b.name as brand, s.name as segment,
          t.name as pipeline_type, p.description, p.run_frequency, p.time_zone, p.start_date,
          p.is_catching_up, p.overlap_policy, p.overlap_limit, p.priority, p.parallel_task_limit
        from configuration.pipelines p
        join configuration.brands b on b.id = p.brand_id
        join configuration.clients c on c.id = b.client_id
        join configuration.pipeline_types t on t.id = p.pipeline_type_id
        left join configuration.segments s on s.id = t.segment_id
        %s
        order by p.name
        """,
        (row, _) -> new PipelineRow(row.getLong("id"), head(row)));
  }

  private static PipelineDefinition head(ResultSet row) throws SQLException {
    var start = row.getObject("start_date", OffsetDateTime.class);
    return new PipelineDefinition(
        row.getString("name"),
        row.getString("client"),
        row.getString("brand"),
        row.getString("segment"),
        row.getString("pipeline_type"),
        row.getString("description"),
        row.getString("run_frequency"),
        row.getString("time_zone"),
        start == null ? null : start.toInstant(),
        row.getBoolean("is_catching_up"),
        OverlapPolicy.valueOf(row.getString("overlap_policy")),
        row.getInt("overlap_limit"),
        row.getInt("priority"),
        row.getObject("parallel_task_limit", Integer.class),
        List.of(),
        List.of());
  }

  /** By the pipeline's id; those of a pipeline by name. */
  Map<Long, List<ParameterDefinition>> parameters() {
    return grouped(
        """
        select x.pipeline_id, x.name, x.datatype, x.default_value, x.description
        from configuration.pipeline_parameters x
        join configuration.pipelines p on p.id = x.pipeline_id
        %s
        order by x.name
        """,
        (row, _) ->
            new Owned<>(
                row.getLong("pipeline_id"),
                new ParameterDefinition(
                    row.getString("name"),
                    Datatype.of(row.getString("datatype")),
                    row.getString("default_value"),
                    row.getString("description"))));
  }

  /** By the pipeline's id, in their order. */
  Map<Long, List<StateRow>> states() {
    return list(
            """
            select s.pipeline_id, s.id, t.name, s.graph_order
            from configuration.pipeline_states s
            join configuration.pipeline_state_types t on t.id = s.pipeline_state_type_id
            join configuration.pipelines p on p.id = s.pipeline_id
            %s
            order by s.graph_order, s.id
            """,
            (row, _) ->
                new StateRow(
                    row.getLong("pipeline_id"),
                    row.getLong("id"),
                    row.getString("name"),
                    row.getInt("graph_order")))
        .stream()
        .collect(groupingBy(StateRow::pipelineId));
  }

  /** In their order within a state. */
  List<TransformationRow> transformations() {
    return list(
        """
        select x.pipeline_state_id, x.id, x.graph_order, t.id as template_id, t.name as template,
          coalesce(x.vcpus, t.vcpus) as vcpus,
          coalesce(x.memory_mib, t.memory_mib) as memory_mib,
          coalesce(x.timeout_seconds, t.timeout_seconds) as timeout_seconds,
          coalesce(x.attempts, t.attempts) as attempts,
          coalesce(x.retry_delay_seconds, t.retry_delay_seconds) as retry_delay_seconds,
          coalesce(own.name, of_template.name) as pool, coalesce(x.pool_id, t.pool_id) as pool_id,
          coalesce(x.image, t.image) as image, coalesce(x.job_queue, t.job_queue) as job_queue,
          coalesce(x.partitions, t.partitions) as partitions
        from configuration.transformations x
        join configuration.pipeline_states s on s.id = x.pipeline_state_id
        join configuration.pipelines p on p.id = s.pipeline_id
        join configuration.transformation_templates t on t.id = x.transformation_template_id
        left join configuration.pools own on own.id = x.pool_id
        left join configuration.pools of_template on of_template.id = t.pool_id
        %s
        order by x.graph_order, x.id
        """,
        (row, _) ->
            new TransformationRow(
                row.getLong("pipeline_state_id"),
                row.getLong("id"),
                row.getLong("template_id"),
                row.getString("template"),
                row.getInt("graph_order"),
                new Resources(
                    row.getBigDecimal("vcpus"),
                    row.getInt("memory_mib"),
                    row.getInt("timeout_seconds"),
                    row.getInt("attempts"),
                    row.getInt("retry_delay_seconds"),
                    row.getString("pool"),
                    row.getString("image"),
                    row.getString("job_queue")),
                row.getObject("pool_id", Long.class),
                row.getString("partitions")));
  }

  /** By the transformation's id and the variable's name. */
  Map<Long, Map<String, String>> variables() {
    return list(
            """
            select v.transformation_id, v.name, v.text_value
            from configuration.transformation_variables v
            join configuration.transformations x on x.id = v.transformation_id
            join configuration.pipeline_states s on s.id = x.pipeline_state_id
            join configuration.pipelines p on p.id = s.pipeline_id
            %s
            """,
            (row, _) ->
                new Owned<>(
                    row.getLong("transformation_id"),
                    new Named(row.getString("name"), row.getString("text_value"))))
        .stream()
        .collect(groupingBy(Owned::owner, mapping(Owned::value, toMap(Named::name, Named::value))));
  }

  /** What the templates that are used declare, by the template's id. */
  Map<Long, Map<String, VariableStructure>> structures() {
    return list(
            """
            select t.id, t.variable_structures
            from configuration.transformation_templates t
            where t.id in (
              select x.transformation_template_id
              from configuration.transformations x
              join configuration.pipeline_states s on s.id = x.pipeline_state_id
              join configuration.pipelines p on p.id = s.pipeline_id
              %s)
            """,
            (row, _) ->
                new Owned<>(row.getLong("id"), structures(row.getString("variable_structures"))))
        .stream()
        .collect(toMap(Owned::owner, Owned::value));
  }

  private static Map<String, VariableStructure> structures(String json) {
    return switch (VariableStructures.parse(json)) {
      case Checked.Valid<Map<String, VariableStructure>>(var structures) -> structures;
      case Checked.Invalid<Map<String, VariableStructure>> _ -> Map.of();
    };
  }

  private <T> Map<Long, List<T>> grouped(String sql, RowMapper<Owned<T>> mapper) {
    return list(sql, mapper).stream()
        .collect(groupingBy(Owned::owner, mapping(Owned::value, toList())));
  }

  private <T> List<T> list(String sql, RowMapper<T> mapper) {
    var condition = name == null ? "" : "where p.name = :name";
    try (var query = handle.createQuery(sql.formatted(condition))) {
      if (name != null) {
        query.bind("name", name);
      }
      return query.map(mapper).list();
    }
  }
}
