package dev.core.common.configuration.validation;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.core.common.configuration.Brand;
import dev.core.common.configuration.Client;
import dev.core.common.configuration.Pipeline;
import dev.core.common.configuration.PipelineParameter;
import dev.core.common.configuration.PipelineState;
import dev.core.common.configuration.PipelineStateType;
import dev.core.common.configuration.Row;
import dev.core.common.configuration.Transformation;
import dev.core.common.configuration.TransformationTemplate;
import dev.core.common.configuration.TransformationVariable;
import dev.core.common.variables.Checked;
import dev.core.common.variables.VariableStructure;
import dev.core.common.variables.VariableStructures;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A snapshot with its rows found by what refers to them. */
final class SnapshotIndex {

  private final ConfigurationSnapshot snapshot;
  private final Map<Long, Client> clients;
  private final Map<Long, Brand> brands;
  private final Map<Long, PipelineStateType> stateTypes;
  private final Map<Long, TransformationTemplate> templates;
  private final Map<Long, List<PipelineParameter>> parameters;
  private final Map<Long, List<PipelineState>> states;
  private final Map<Long, List<Transformation>> transformations;
  private final Map<Long, Map<String, TransformationVariable>> variables;
  private final Map<Long, Checked<Map<String, VariableStructure>>> structures = new HashMap<>();

  SnapshotIndex(ConfigurationSnapshot snapshot) {
    this.snapshot = snapshot;
    clients = byId(snapshot.clients());
    brands = byId(snapshot.brands());
    stateTypes = byId(snapshot.stateTypes());
    templates = byId(snapshot.templates());
    parameters = snapshot.parameters().stream().collect(groupingBy(PipelineParameter::pipelineId));
    states = snapshot.states().stream().collect(groupingBy(PipelineState::pipelineId));
    transformations =
        snapshot.transformations().stream().collect(groupingBy(Transformation::pipelineStateId));
    variables =
        snapshot.variables().stream()
            .collect(
                groupingBy(
                    TransformationVariable::transformationId,
                    toMap(TransformationVariable::name, variable -> variable)));
    for (TransformationTemplate template : snapshot.templates()) {
      structures.put(template.id(), VariableStructures.parse(template.variableStructures()));
    }
  }

  private static <R extends Row> Map<Long, R> byId(List<R> rows) {
    return rows.stream().collect(toMap(Row::id, row -> row));
  }

  private static <R> R found(Map<Long, R> rows, long id) {
    return Objects.requireNonNull(rows.get(id), "a foreign key points at nothing");
  }

  ConfigurationSnapshot snapshot() {
    return snapshot;
  }

  Brand brand(Pipeline pipeline) {
    return found(brands, pipeline.brandId());
  }

  Client client(Pipeline pipeline) {
    return found(clients, brand(pipeline).clientId());
  }

  Client client(Brand brand) {
    return found(clients, brand.clientId());
  }

  String stateName(PipelineState state) {
    return stateName(state.pipelineStateTypeId());
  }

  String stateName(long stateTypeId) {
    return found(stateTypes, stateTypeId).name();
  }

  List<PipelineParameter> parameters(Pipeline pipeline) {
    return parameters.getOrDefault(pipeline.id(), List.of());
  }

  /** In their order. */
  List<PipelineState> states(Pipeline pipeline) {
    return states.getOrDefault(pipeline.id(), List.of()).stream()
        .sorted(comparingInt(PipelineState::graphOrder))
        .toList();
  }

  List<Transformation> transformations(PipelineState state) {
    return transformations.getOrDefault(state.id(), List.of());
  }

  Map<String, TransformationVariable> variables(Transformation transformation) {
    return variables.getOrDefault(transformation.id(), Map.of());
  }

  /** Of a template; empty if they cannot be read. */
  Optional<Map<String, VariableStructure>> structures(TransformationTemplate template) {
    return switch (found(structures, template.id())) {
      case Checked.Valid<Map<String, VariableStructure>>(var value) -> Optional.of(value);
      case Checked.Invalid<Map<String, VariableStructure>> _ -> Optional.empty();
    };
  }

  List<String> structureProblems(TransformationTemplate template) {
    return found(structures, template.id()).problems();
  }

  /** UTC if the pipeline's is wrong, which is told elsewhere. */
  static ZoneId zone(Pipeline pipeline) {
    try {
      return ZoneId.of(pipeline.timeZone());
    } catch (DateTimeException _) {
      return ZoneOffset.UTC;
    }
  }

  /** The pipeline's transformations, wave by wave. */
  List<PlannedTask> tasks(Pipeline pipeline) {
    var tasks = new ArrayList<PlannedTask>();
    int wave = -1;
    for (PipelineState state : states(pipeline)) {
      var ordered =
          transformations(state).stream()
              .sorted(
                  comparingInt(Transformation::graphOrder)
                      .thenComparing(Comparator.comparingLong(Transformation::id)))
              .toList();
      Integer order = null;
      for (Transformation transformation : ordered) {
        if (order == null || order != transformation.graphOrder()) {
          order = transformation.graphOrder();
          wave++;
        }
        tasks.add(task(pipeline, state, transformation, wave));
      }
    }
    return tasks;
  }

  private PlannedTask task(
      Pipeline pipeline, PipelineState state, Transformation transformation, int wave) {
    var template = found(templates, transformation.transformationTemplateId());
    var key =
        "%s_%s_%s_%d"
            .formatted(pipeline.name(), stateName(state), template.name(), transformation.id())
            .toLowerCase(Locale.ROOT);
    return new PlannedTask(pipeline, state, stateName(state), transformation, template, wave, key);
  }

  /**
   * A transformation as a task of a run.
   *
   * @param wave from 0 over the whole pipeline
   */
  record PlannedTask(
      Pipeline pipeline,
      PipelineState pipelineState,
      String state,
      Transformation transformation,
      TransformationTemplate template,
      int wave,
      String key) {

    String name() {
      return "%s/%s/%s %d".formatted(pipeline.name(), state, template.name(), transformation.id());
    }

    Problems.Place place() {
      return new Problems.Place("transformations", transformation.id(), name());
    }
  }
}
