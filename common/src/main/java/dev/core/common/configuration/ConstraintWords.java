package dev.core.common.configuration;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why the database refused an edit of the configuration, in words for whoever made it: databases
 * name the constraint, and leave it to the reader to find out what it wants.
 */
public final class ConstraintWords {

  private static final Map<String, String> WORDS = words();
  private static final Pattern COLUMN = Pattern.compile("column \"?([a-z_]+)\"?");
  private static final Pattern LENGTH = Pattern.compile("(?i)(?:varying|varchar) ?\\(([0-9]+)\\)");

  private ConstraintWords() {}

  /** Names of the constraints that have words. */
  static Set<String> known() {
    return WORDS.keySet();
  }

  /** What is wrong and what to do; empty if the failure is no refusal of an edit. */
  public static Optional<String> of(SQLException failure) {
    var message = String.valueOf(failure.getMessage());
    return switch (String.valueOf(failure.getSQLState())) {
      case "23502" ->
          Optional.of("the column %s may not be null; give it a value".formatted(column(message)));
      case "22001" -> Optional.of("a value is too long%s; shorten it".formatted(longest(message)));
      case "22003" -> Optional.of("a number is out of range for its column; correct it");
      case "22P02" -> json(message);
      default ->
          message.contains("json_document") || message.contains("VALUE IS JSON")
              ? json("json")
              : WORDS.keySet().stream()
                  .filter(message::contains)
                  .max(Comparator.comparingInt(String::length))
                  .map(name -> WORDS.get(name) + " (" + name + ")");
    };
  }

  private static Optional<String> json(String message) {
    return message.contains("json")
        ? Optional.of(
            "transformation_templates.variable_structures must be JSON such as {\"sql\":"
                + " {\"datatype\": \"string\"}}; correct it (json_document)")
        : Optional.empty();
  }

  private static String column(String message) {
    var found = COLUMN.matcher(message);
    return found.find() ? found.group(1) : "";
  }

  private static String longest(String message) {
    var found = LENGTH.matcher(message);
    return found.find() ? ": at most " + found.group(1) + " characters are allowed" : "";
  }

  private static Map<String, String> words() {
    var words = new LinkedHashMap<String, String>();
    for (var named :
        Map.of(
                "clients", "a client",
                "segments", "a segment",
                "pipeline_types", "a pipeline type",
                "pipelines", "a pipeline",
                "pipeline_state_types", "a state type",
                "pools", "a pool",
                "transformation_templates", "a template",
                "tags", "a tag")
            .entrySet()) {
      words.put(
          named.getKey() + "_name_unique",
          "there is already %s of that name; choose another name".formatted(named.getValue()));
    }
    words.put("brands_name_unique", "the client has already a brand of that name; choose another");
    words.put(
        "pipeline_parameters_name_unique",
        "the pipeline has already a parameter of that name; choose another");
    words.put(
        "transformation_variables_name_unique",
        "the transformation has already a variable of that name; update that row");
    words.put(
        "transformation_template_tags_unique", "the template has that tag already; leave it out");
    words.put("pipeline_states_type_unique", "the pipeline has that state already; leave it out");
    words.put(
        "pipeline_states_graph_order_unique",
        "another state of the pipeline has that graph_order; each needs its own");
    words.put(
        "pipeline_state_types_graph_order_unique",
        "another state type has that graph_order; each needs its own");
    exists(words, "brands_client_exists", "brands.client_id", "clients");
    exists(words, "pipeline_types_segment_exists", "pipeline_types.segment_id", "segments");
    exists(words, "pipelines_brand_exists", "pipelines.brand_id", "brands");
    exists(words, "pipelines_type_exists", "pipelines.pipeline_type_id", "pipeline_types");
    exists(
        words,
        "pipeline_parameters_pipeline_exists",
        "pipeline_parameters.pipeline_id",
        "pipelines");
    exists(words, "pipeline_states_pipeline_exists", "pipeline_states.pipeline_id", "pipelines");
    exists(
        words,
        "pipeline_states_type_exists",
        "pipeline_states.pipeline_state_type_id",
        "pipeline_state_types");
    exists(
        words,
        "transformation_templates_state_type_exists",
        "transformation_templates.pipeline_state_type_id",
        "pipeline_state_types");
    exists(
        words, "transformation_templates_pool_exists", "transformation_templates.pool_id", "pools");
    exists(
        words,
        "transformations_state_exists",
        "transformations.pipeline_state_id",
        "pipeline_states");
    exists(
        words,
        "transformations_template_exists",
        "transformations.transformation_template_id",
        "transformation_templates");
    exists(words, "transformations_pool_exists", "transformations.pool_id", "pools");
    exists(
        words,
        "transformation_variables_transformation_exists",
        "transformation_variables.transformation_id",
        "transformations");
    exists(
        words,
        "transformation_template_tags_template_exists",
        "transformation_template_tags.transformation_template_id",
        "transformation_templates");
    exists(
        words,
        "transformation_template_tags_tag_exists",
        "transformation_template_tags.tag_id",
        "tags");
    must(
        words,
        "pipelines_overlap_policy_known",
        "pipelines.overlap_policy must be QUEUE, SKIP, CANCEL_RUNNING or PARALLEL");
    must(words, "pipelines_overlap_limit_positive", "pipelines.overlap_limit must be at least 1");
    must(words, "pipelines_priority_in_range", "pipelines.priority must be from -1000 to 1000");
    must(
        words,
        "pipelines_parallel_task_limit_positive",
        "pipelines.parallel_task_limit must be at least 1, or null for none");
    must(
        words,
        "pipeline_parameters_datatype_known",
        "pipeline_parameters.datatype must be string, integer, decimal, boolean, date, datetime or"
            + " json");
    must(words, "pools_slots_not_negative", "pools.slots must be at least 0");
    for (String table : new String[] {"transformation_templates", "transformations"}) {
      must(words, table + "_vcpus_positive", table + ".vcpus must be more than 0");
      must(words, table + "_memory_positive", table + ".memory_mib must be at least 1");
      must(words, table + "_timeout_positive", table + ".timeout_seconds must be at least 1");
      must(words, table + "_attempts_positive", table + ".attempts must be at least 1");
      must(
          words,
          table + "_retry_delay_not_negative",
          table + ".retry_delay_seconds must be at least 0");
    }
    return Map.copyOf(words);
  }

  private static void exists(
      Map<String, String> words, String constraint, String column, String table) {
    words.put(
        constraint,
        "%s must be the id of a row of %s; correct it, or change the rows that use it before you"
                .formatted(column, table)
            + " delete one");
  }

  private static void must(Map<String, String> words, String constraint, String what) {
    words.put(constraint, what + "; correct the value");
  }
}
