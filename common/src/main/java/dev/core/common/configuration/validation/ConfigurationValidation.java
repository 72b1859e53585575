package dev.core.common.configuration.validation;

import dev.core.common.configuration.Pipeline;
import dev.core.common.configuration.validation.SnapshotIndex.PlannedTask;
import dev.core.common.definition.SizeRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Validates the configuration as a whole: what the constraints of the store cannot see. Pure and
 * thread-safe; every problem there is is found at once.
 */
public final class ConfigurationValidation {

  private ConfigurationValidation() {}

  /**
   * Everything that is wrong, errors first. What is wrong with a pipeline that is not active is a
   * warning.
   */
  public static List<Problem> validate(ConfigurationSnapshot snapshot) {
    return validate(snapshot, SizeRule.ANY);
  }

  /** The same where only some sizes of attempts exist. */
  public static List<Problem> validate(ConfigurationSnapshot snapshot, SizeRule sizes) {
    return validate(snapshot, true, sizes);
  }

  /**
   * The same for a configuration that comes in parts: a dataset that nobody writes is a warning,
   * since its pipeline may be yet to come.
   */
  public static List<Problem> validatePart(ConfigurationSnapshot snapshot) {
    return validate(snapshot, false, SizeRule.ANY);
  }

  private static List<Problem> validate(
      ConfigurationSnapshot snapshot, boolean complete, SizeRule sizes) {
    var index = new SnapshotIndex(snapshot);
    var problems = new Problems();
    new SharedRules(index, problems).check();
    var tasks = tasks(index, Map.of(), null);
    var datasets =
        new DatasetRules(
            index, all(tasks), complete, snapshot.committedDatasets()::contains, problems);
    for (Pipeline pipeline : snapshot.pipelines()) {
      problems.beMild(!pipeline.isActive());
      check(index, pipeline, tasks, datasets, sizes, problems);
    }
    return problems.sorted();
  }

  /** What is wrong with one pipeline and with what it uses; before a run of it starts. */
  public static List<Problem> validatePipeline(ConfigurationSnapshot snapshot, String name) {
    return validatePipeline(snapshot, name, Map.of());
  }

  /** The same where only some sizes of attempts exist. */
  public static List<Problem> validatePipeline(
      ConfigurationSnapshot snapshot, String name, SizeRule sizes) {
    return validatePipeline(
        snapshot, name, Map.of(), sizes, snapshot.committedDatasets()::contains);
  }

  /**
   * The same for a run with these parameters, which have been checked by themselves. Active or not
   * makes no difference. Empty if there is no such pipeline.
   */
  public static List<Problem> validatePipeline(
      ConfigurationSnapshot snapshot, String name, Map<String, String> parameters) {
    return validatePipeline(
        snapshot, name, parameters, SizeRule.ANY, snapshot.committedDatasets()::contains);
  }

  /**
   * The same, read in the handle's transaction. Of the datasets that were ever written, which may
   * be many, only those are looked up that matter.
   */
  public static List<Problem> validatePipeline(
      Handle handle, String name, Map<String, String> parameters, SizeRule sizes) {
    return validatePipeline(
        ConfigurationSnapshot.readWithoutDatasets(handle),
        name,
        parameters,
        sizes,
        dataset -> ConfigurationSnapshot.isCommitted(handle, dataset));
  }

  /**
   * The errors alone, which keep a run from starting; read in the handle's transaction. Other
   * pipelines can only take an error away, by writing what this one reads: so they are looked at
   * only if there is one, and a start costs the same however many there are.
   */
  public static List<Problem> errorsOfPipeline(
      Handle handle, String name, Map<String, String> parameters, SizeRule sizes) {
    boolean none =
        ConfigurationSnapshot.readOne(handle, name).stream()
            .flatMap(one ->
                validatePipeline(
                    one,
                    name,
                    parameters,
                    sizes,
                    dataset -> ConfigurationSnapshot.isCommitted(handle, dataset))
                    .stream())
            .noneMatch(Problem::isError);
    return none
        ? List.of()
        : validatePipeline(handle, name, parameters, sizes).stream()
            .filter(Problem::isError)
            .toList();
  }

  private static List<Problem> validatePipeline(
      ConfigurationSnapshot snapshot,
      String name,
      Map<String, String> parameters,
      SizeRule sizes,
      Predicate<String> committed) {
    var index = new SnapshotIndex(snapshot);
    var problems = new Problems();
    new SharedRules(index, problems).check();
    var tasks = tasks(index, parameters, name);
    var datasets = new DatasetRules(index, all(tasks), true, committed, problems);
    var shared = new HashSet<Used>();
    for (Pipeline pipeline : snapshot.pipelines()) {
      if (pipeline.name().equals(name)) {
        shared.addAll(used(index, pipeline));
        check(index, pipeline, tasks, datasets, sizes, problems);
      }
    }
    return problems.sorted().stream()
        .filter(
            problem -> !Used.TABLES.contains(problem.table()) || shared.contains(Used.of(problem)))
        .toList();
  }

  private static void check(
      SnapshotIndex index,
      Pipeline pipeline,
      Map<Long, List<TaskVariables>> tasks,
      DatasetRules datasets,
      SizeRule sizes,
      Problems problems) {
    var own = tasks.getOrDefault(pipeline.id(), List.of());
    new PipelineRules(index, pipeline, sizes, problems)
        .check(own.stream().map(TaskVariables::task).toList());
    new VariableRules(index, problems).check(own);
    datasets.check(pipeline, own);
  }

  private static Map<Long, List<TaskVariables>> tasks(
      SnapshotIndex index, Map<String, String> parameters, @Nullable String pipelineOfParameters) {
    var tasks = new HashMap<Long, List<TaskVariables>>();
    for (Pipeline pipeline : index.snapshot().pipelines()) {
      var given =
          pipeline.name().equals(pipelineOfParameters) ? parameters : Map.<String, String>of();
      tasks.put(
          pipeline.id(),
          index.tasks(pipeline).stream()
              .map(task -> TaskVariables.of(index, task, given))
              .toList());
    }
    return tasks;
  }

  private static List<TaskVariables> all(Map<Long, List<TaskVariables>> tasks) {
    var all = new ArrayList<TaskVariables>();
    tasks.keySet().stream().sorted().forEach(id -> all.addAll(tasks.getOrDefault(id, List.of())));
    return all;
  }

  /** A row that pipelines share. */
  private record Used(String table, long id) {
    static final Set<String> TABLES =
        Set.of(
            "clients",
            "brands",
            "segments",
            "pipeline_types",
            "pipeline_state_types",
            "tags",
            "pools",
            "transformation_templates");

    static Used of(Problem problem) {
      return new Used(problem.table(), problem.rowId());
    }
  }

  private static Set<Used> used(SnapshotIndex index, Pipeline pipeline) {
    var used = new HashSet<Used>();
    used.add(new Used("clients", index.client(pipeline).id()));
    used.add(new Used("brands", pipeline.brandId()));
    used.add(new Used("pipeline_types", pipeline.pipelineTypeId()));
    for (PlannedTask task : index.tasks(pipeline)) {
      used.add(new Used("pipeline_state_types", task.pipelineState().pipelineStateTypeId()));
      used.add(new Used("transformation_templates", task.template().id()));
      var pool = task.transformation().poolId();
      var defaultPool = task.template().poolId();
      if (pool != null || defaultPool != null) {
        used.add(new Used("pools", pool != null ? pool : Objects.requireNonNull(defaultPool)));
      }
    }
    return used;
  }
}
