package dev.core.common.configuration.validation;

import dev.core.common.configuration.Pipeline;
import dev.core.common.configuration.PipelineParameter;
import dev.core.common.configuration.PipelineState;
import dev.core.common.configuration.validation.Problems.Place;
import dev.core.common.configuration.validation.SnapshotIndex.PlannedTask;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.common.definition.SizeRule;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.common.variables.TypedValue;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** What must hold of one pipeline by itself, its variables and datasets left out. */
final class PipelineRules {

  private final SnapshotIndex index;
  private final Problems problems;
  private final Pipeline pipeline;
  private final SizeRule sizes;
  private final Place place;

  PipelineRules(SnapshotIndex index, Pipeline pipeline, SizeRule sizes, Problems problems) {
    this.sizes = sizes;
    this.index = index;
    this.pipeline = pipeline;
    this.problems = problems;
    this.place = new Place("pipelines", pipeline.id(), pipeline.name());
  }

  void check(List<PlannedTask> tasks) {
    SharedRules.name(problems, place, pipeline.name());
    frequency();
    schedule();
    overlap();
    index.parameters(pipeline).forEach(this::parameter);
    if (tasks.isEmpty()) {
      problems.error(
          place,
          null,
          "has no transformations, so that there is nothing to run",
          "add states and transformations, or set is_active to false");
    } else {
      index.states(pipeline).forEach(this::state);
    }
    keys(tasks);
    tasks.forEach(this::task);
  }

  private void frequency() {
    var frequency = pipeline.runFrequency();
    ScheduleFault.of(frequency, pipeline.timeZone())
        .forEach(fault -> problems.error(place, fault.column(), fault.message(), fault.remedy()));
    if (frequency != null && !pipeline.isActive()) {
      problems.warning(
          place,
          "is_active",
          "is not active, so that its run_frequency starts nothing",
          "set is_active to true when it shall run");
    }
  }

  private void schedule() {
    if (pipeline.isCatchingUp() && pipeline.runFrequency() == null) {
      problems.warning(
          place,
          "is_catching_up",
          "has no run_frequency, so that there is nothing to catch up",
          "set a run_frequency, or is_catching_up to false");
    } else if (pipeline.isCatchingUp() && pipeline.startDate() == null) {
      problems.warning(
          place,
          "start_date",
          "catches up and has no start date: it begins with the moment of its activation",
          "set start_date to the first logical date that is wanted");
    }
  }

  private void overlap() {
    boolean parallel = pipeline.overlapPolicy() == OverlapPolicy.PARALLEL;
    if (parallel && pipeline.overlapLimit() == 1) {
      problems.warning(
          place,
          "overlap_limit",
          "is 1, so that PARALLEL is the same as QUEUE",
          "set overlap_limit to how many runs may overlap");
    } else if (!parallel && pipeline.overlapLimit() != 1) {
      problems.warning(
          place,
          "overlap_limit",
          "means nothing with the policy " + pipeline.overlapPolicy(),
          "set overlap_policy to PARALLEL, or overlap_limit to 1");
    }
  }

  private void parameter(PipelineParameter parameter) {
    var where =
        new Place("pipeline_parameters", parameter.id(), pipeline.name() + "/" + parameter.name());
    SharedRules.name(problems, where, parameter.name());
    var value = parameter.defaultValue();
    if (value == null) {
      if (pipeline.runFrequency() != null) {
        problems.error(
            where,
            "default_value",
            "has no default, and a schedule sets no parameters",
            "give it a default, or set the pipeline's run_frequency to null");
      }
      return;
    }
    TypedValue.read(parameter.datatype(), Direction.INPUT, value, SnapshotIndex.zone(pipeline))
        .problems()
        .forEach(problem ->
            problems.error(
                where,
                "default_value",
                problem,
                "correct the default, or the datatype " + parameter.datatype().text()));
    if (value.contains("${")) {
      problems.warning(
          where,
          "default_value",
          "contains '${', which is not resolved in parameters",
          "put the reference into the variables that use the parameter");
    }
  }

  private void state(PipelineState state) {
    if (index.transformations(state).isEmpty()) {
      problems.warning(
          new Place("pipeline_states", state.id(), pipeline.name() + "/" + index.stateName(state)),
          null,
          "has no transformations, so that it is not part of any run",
          "add some, or delete the state");
    }
  }

  /** Keys of transformations end with their ids; only a spacer can have the same. */
  private void keys(List<PlannedTask> tasks) {
    var spacers = new HashSet<String>();
    for (PlannedTask task : tasks) {
      spacers.add("%s_group_step_%d".formatted(task.state(), task.wave()));
    }
    for (PlannedTask task : tasks) {
      if (spacers.contains(task.key())) {
        problems.error(
            task.place(),
            null,
            "its task key '" + task.key() + "' is that of a spacer as well",
            "rename the pipeline or the template");
      }
    }
  }

  private void task(PlannedTask task) {
    var own = task.transformation();
    SharedRules.image(problems, task.place(), own.image());
    SharedRules.jobQueue(problems, task.place(), own.jobQueue());
    new ResourceRules(problems, task.place())
        .check(own.memoryMib(), own.timeoutSeconds(), own.attempts(), own.retryDelaySeconds());
    sizes
        .problem(
            Objects.requireNonNullElse(own.vcpus(), task.template().vcpus()),
            Objects.requireNonNullElse(own.memoryMib(), task.template().memoryMib()),
            own.jobQueue() == null ? task.template().jobQueue() : own.jobQueue())
        .ifPresent(problem ->
            problems.error(
                task.place(),
                "memory_mib",
                problem,
                "correct vcpus or memory_mib, here or of the template"));
    var bound = task.template().pipelineStateTypeId();
    if (bound != null && bound != task.pipelineState().pipelineStateTypeId()) {
      problems.error(
          task.place(),
          "transformation_template_id",
          "the template '%s' is for the state '%s' only, not for '%s'"
              .formatted(task.template().name(), index.stateName(bound), task.state()),
          "move the transformation there, or use another template");
    }
  }
}
