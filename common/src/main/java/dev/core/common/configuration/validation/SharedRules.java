package dev.core.common.configuration.validation;

import dev.core.common.configuration.Pool;
import dev.core.common.configuration.TransformationTemplate;
import dev.core.common.configuration.validation.Problems.Place;
import dev.core.common.definition.JobQueueName;
import dev.core.common.variables.Names;
import dev.core.common.variables.PartitionCount;
import dev.core.common.variables.Quoted;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What must hold of what pipelines share. */
final class SharedRules {

  /** What AWS Batch and Docker take alike. */
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,254}");

  private final SnapshotIndex index;
  private final Problems problems;

  SharedRules(SnapshotIndex index, Problems problems) {
    this.index = index;
    this.problems = problems;
  }

  void check() {
    var snapshot = index.snapshot();
    snapshot.clients().forEach(row -> name("clients", row.id(), row.name(), row.name()));
    snapshot
        .brands()
        .forEach(row ->
            name("brands", row.id(), row.name(), index.client(row).name() + "/" + row.name()));
    snapshot.segments().forEach(row -> name("segments", row.id(), row.name(), row.name()));
    snapshot
        .pipelineTypes()
        .forEach(row -> name("pipeline_types", row.id(), row.name(), row.name()));
    snapshot
        .stateTypes()
        .forEach(row -> name("pipeline_state_types", row.id(), row.name(), row.name()));
    snapshot.tags().forEach(row -> name("tags", row.id(), row.name(), row.name()));
    snapshot.pools().forEach(this::pool);
    snapshot.templates().forEach(this::template);
  }

  private void name(String table, long id, String name, String rowName) {
    name(problems, new Place(table, id, rowName), name);
  }

  static void name(Problems problems, Place place, String name) {
    Names.problem(name)
        .ifPresent(problem ->
            problems.error(
                place,
                "name",
                problem,
                "rename it; names are parts of task keys and of the paths of datasets"));
  }

  static void image(Problems problems, Place place, @Nullable String image) {
    if (image != null && !IMAGE.matcher(image).matches()) {
      problems.error(
          place,
          "image",
          Quoted.text(image) + " is no container image",
          "name one such as registry/name:tag, or set null for the image of CORE itself; allowed: at"
              + " most 255 letters, digits and ._:/@-");
    }
  }

  static void jobQueue(Problems problems, Place place, @Nullable String queue) {
    if (queue != null && !JobQueueName.isOne(queue)) {
      problems.error(
          place,
          "job_queue",
          Quoted.text(queue) + " is no job queue of AWS Batch",
          "name one by its name (%s) or its ARN, or set null for that of the installation"
              .formatted(JobQueueName.ALLOWED));
    }
  }

  private void pool(Pool pool) {
    var place = new Place("pools", pool.id(), pool.name());
    name(problems, place, pool.name());
    boolean used =
        index.snapshot().templates().stream().anyMatch(template -> isOf(pool, template.poolId()))
            || index.snapshot().transformations().stream()
                .anyMatch(transformation -> isOf(pool, transformation.poolId()));
    if (pool.slots() == 0 && used) {
      problems.warning(
          place,
          "slots",
          "has no slots, so that the tasks which need it wait for ever",
          "give it slots, or take its users out of it");
    }
  }

  /** Whether its references exist is known where it is used. */
  private void partitions(TransformationTemplate template, Place place) {
    String text = template.partitions();
    if (text != null && !text.contains("${")) {
      PartitionCount.read(text)
          .problems()
          .forEach(problem ->
              problems.error(place, "partitions", problem, "correct it, or set null: not split"));
    }
  }

  private static boolean isOf(Pool pool, @Nullable Long id) {
    return id != null && id == pool.id();
  }

  private void template(TransformationTemplate template) {
    var place = new Place("transformation_templates", template.id(), template.name());
    name(problems, place, template.name());
    image(problems, place, template.image());
    jobQueue(problems, place, template.jobQueue());
    partitions(template, place);
    new ResourceRules(problems, place)
        .check(
            template.memoryMib(),
            template.timeoutSeconds(),
            template.attempts(),
            template.retryDelaySeconds());
    for (String problem : index.structureProblems(template)) {
      problems.error(
          place,
          "variable_structures",
          problem,
          "correct the JSON, or publish it again with `core templates sync`");
    }
  }
}
