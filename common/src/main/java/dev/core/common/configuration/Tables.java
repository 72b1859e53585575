package dev.core.common.configuration;

import java.util.List;

/** Every table of the configuration store, those that others refer to first. */
final class Tables {

  static final Table<Client> CLIENTS =
      Table.of("clients", Client.class)
          .with("name", Client::name)
          .with("description", Client::description);

  static final Table<Brand> BRANDS =
      Table.of("brands", Brand.class)
          .with("client_id", Brand::clientId)
          .with("name", Brand::name)
          .with("description", Brand::description);

  static final Table<Segment> SEGMENTS =
      Table.of("segments", Segment.class)
          .with("name", Segment::name)
          .with("description", Segment::description);

  static final Table<PipelineType> PIPELINE_TYPES =
      Table.of("pipeline_types", PipelineType.class)
          .with("name", PipelineType::name)
          .with("segment_id", PipelineType::segmentId)
          .with("description", PipelineType::description);

  static final Table<Pipeline> PIPELINES =
      Table.of("pipelines", Pipeline.class)
          .with("name", Pipeline::name)
          .with("brand_id", Pipeline::brandId)
          .with("pipeline_type_id", Pipeline::pipelineTypeId)
          .with("description", Pipeline::description)
          .with("is_active", Pipeline::isActive)
          .with("run_frequency", Pipeline::runFrequency)
          .with("time_zone", Pipeline::timeZone)
          .with("start_date", Pipeline::startDate)
          .with("is_catching_up", Pipeline::isCatchingUp)
          .with("overlap_policy", row -> row.overlapPolicy().name())
          .with("overlap_limit", Pipeline::overlapLimit)
          .with("priority", Pipeline::priority)
          .with("parallel_task_limit", Pipeline::parallelTaskLimit);

  static final Table<PipelineParameter> PIPELINE_PARAMETERS =
      Table.of("pipeline_parameters", PipelineParameter.class)
          .with("pipeline_id", PipelineParameter::pipelineId)
          .with("name", PipelineParameter::name)
          .with("datatype", row -> row.datatype().text())
          .with("default_value", PipelineParameter::defaultValue)
          .with("description", PipelineParameter::description);

  static final Table<PipelineStateType> PIPELINE_STATE_TYPES =
      Table.of("pipeline_state_types", PipelineStateType.class)
          .with("name", PipelineStateType::name)
          .with("graph_order", PipelineStateType::graphOrder)
          .with("description", PipelineStateType::description);

  static final Table<PipelineState> PIPELINE_STATES =
      Table.of("pipeline_states", PipelineState.class)
          .with("pipeline_id", PipelineState::pipelineId)
          .with("pipeline_state_type_id", PipelineState::pipelineStateTypeId)
          .with("graph_order", PipelineState::graphOrder);

  static final Table<Pool> POOLS =
      Table.of("pools", Pool.class)
          .with("name", Pool::name)
          .with("slots", Pool::slots)
          .with("description", Pool::description);

  static final Table<TransformationTemplate> TRANSFORMATION_TEMPLATES =
      Table.of("transformation_templates", TransformationTemplate.class)
          .with("name", TransformationTemplate::name)
          .with("description", TransformationTemplate::description)
          .json("variable_structures", TransformationTemplate::variableStructures)
          .with("pipeline_state_type_id", TransformationTemplate::pipelineStateTypeId)
          .with("vcpus", TransformationTemplate::vcpus)
          .with("memory_mib", TransformationTemplate::memoryMib)
          .with("timeout_seconds", TransformationTemplate::timeoutSeconds)
          .with("attempts", TransformationTemplate::attempts)
          .with("retry_delay_seconds", TransformationTemplate::retryDelaySeconds)
          .with("pool_id", TransformationTemplate::poolId)
          .with("image", TransformationTemplate::image)
          .with("job_queue", TransformationTemplate::jobQueue)
          .with("partitions", TransformationTemplate::partitions);

  static final Table<Transformation> TRANSFORMATIONS =
      Table.of("transformations", Transformation.class)
          .with("pipeline_state_id", Transformation::pipelineStateId)
          .with("transformation_template_id", Transformation::transformationTemplateId)
          .with("graph_order", Transformation::graphOrder)
          .with("description", Transformation::description)
          .with("vcpus", Transformation::vcpus)
          .with("memory_mib", Transformation::memoryMib)
          .with("timeout_seconds", Transformation::timeoutSeconds)
          .with("attempts", Transformation::attempts)
          .with("retry_delay_seconds", Transformation::retryDelaySeconds)
          .with("pool_id", Transformation::poolId)
          .with("image", Transformation::image)
          .with("job_queue", Transformation::jobQueue)
          .with("partitions", Transformation::partitions);

  static final Table<TransformationVariable> TRANSFORMATION_VARIABLES =
      Table.of("transformation_variables", TransformationVariable.class)
          .with("transformation_id", TransformationVariable::transformationId)
          .with("name", TransformationVariable::name)
          .with("text_value", TransformationVariable::textValue);

  static final Table<Tag> TAGS =
      Table.of("tags", Tag.class).with("name", Tag::name).with("description", Tag::description);

  static final Table<TransformationTemplateTag> TRANSFORMATION_TEMPLATE_TAGS =
      Table.of("transformation_template_tags", TransformationTemplateTag.class)
          .with("transformation_template_id", TransformationTemplateTag::transformationTemplateId)
          .with("tag_id", TransformationTemplateTag::tagId);

  static final List<Table<?>> ALL =
      List.of(
          CLIENTS,
          BRANDS,
          SEGMENTS,
          PIPELINE_TYPES,
          PIPELINES,
          PIPELINE_PARAMETERS,
          PIPELINE_STATE_TYPES,
          PIPELINE_STATES,
          POOLS,
          TRANSFORMATION_TEMPLATES,
          TRANSFORMATIONS,
          TRANSFORMATION_VARIABLES,
          TAGS,
          TRANSFORMATION_TEMPLATE_TAGS);

  private Tables() {}
}
