package dev.core.common.configuration.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of a list of things in a file: which keys each of them has, in this order, and which
 * lists below it.
 *
 * @param table whose rows they are
 * @param inherited columns that a row has from the thing that it stands in: own column to the
 *     other's
 */
record Section(Table table, Map<String, String> inherited, List<Member> members) {

  /** A key of a thing. */
  sealed interface Member {
    String key();
  }

  /**
   * One value.
   *
   * @param defaultText what an absent key means, which is then not written; null: nothing
   */
  record Value(String key, String column, boolean required, @Nullable String defaultText)
      implements Member {}

  /** A list of things below. */
  record Things(String key, Section section) implements Member {}

  /** A list of texts; each is a row with that column. */
  record Texts(String key, Section section, String column) implements Member {}

  /** A mapping of texts; each is a row with those columns. */
  record Pairs(String key, Section section, String nameColumn, String valueColumn)
      implements Member {}

  /** The variable structures of a template, in one column. */
  record Structures(String key, String column) implements Member {}

  /** Keys of the document, in order. */
  static final Map<String, Section> DOCUMENT = document();

  Section {
    members = List.copyOf(members);
    inherited = Map.copyOf(inherited);
  }

  List<String> keys() {
    return members.stream().map(Member::key).toList();
  }

  Optional<Member> member(String key) {
    return members.stream().filter(member -> member.key().equals(key)).findFirst();
  }

  /** Those with lists below. */
  Stream<Section> children() {
    return members.stream()
        .flatMap(member ->
            switch (member) {
              case Value _, Structures _ -> Stream.empty();
              case Things(_, var section) -> Stream.of(section);
              case Texts(_, var section, _) -> Stream.of(section);
              case Pairs(_, var section, _, _) -> Stream.of(section);
            });
  }

  private static Map<String, Section> document() {
    var resources =
        List.of("vcpus", "memory_mib", "timeout_seconds", "attempts", "retry_delay_seconds");
    var defaults = List.of("1", "2048", "3600", "2", "300");

    var templateMembers = new ArrayList<Member>();
    templateMembers.add(required("name"));
    templateMembers.add(optional("description"));
    templateMembers.add(optional("state_type"));
    templateMembers.add(
        new Texts(
            "tags",
            new Section(Table.TEMPLATE_TAGS, Map.of("template", "name"), List.of()),
            "tag"));
    templateMembers.add(new Structures("variables", "variable_structures"));
    for (int i = 0; i < resources.size(); i++) {
      templateMembers.add(value(resources.get(i), defaults.get(i)));
    }
    templateMembers.add(optional("pool"));
    templateMembers.add(optional("image"));
    templateMembers.add(optional("job_queue"));
    templateMembers.add(optional("partitions"));

    var transformationMembers = new ArrayList<Member>();
    transformationMembers.add(optional("id"));
    transformationMembers.add(required("template"));
    transformationMembers.add(value("graph_order", "0"));
    transformationMembers.add(optional("description"));
    resources.forEach(resource -> transformationMembers.add(optional(resource)));
    transformationMembers.add(optional("pool"));
    transformationMembers.add(optional("image"));
    transformationMembers.add(optional("job_queue"));
    transformationMembers.add(optional("partitions"));
    transformationMembers.add(
        new Pairs(
            "variables",
            new Section(
                Table.VARIABLES, Map.of("transformation", "id", "pipeline", "pipeline"), List.of()),
            "name",
            "value"));

    var states =
        new Section(
            Table.STATES,
            Map.of("pipeline", "name"),
            List.of(
                required("state"),
                optional("graph_order"),
                new Things(
                    "transformations",
                    new Section(
                        Table.TRANSFORMATIONS,
                        Map.of("pipeline", "pipeline", "state", "state"),
                        transformationMembers))));
    var parameters =
        new Section(
            Table.PARAMETERS,
            Map.of("pipeline", "name"),
            List.of(
                required("name"),
                value("datatype", "string"),
                new Value("default", "default_value", false, null),
                optional("description")));
    var brands =
        new Section(
            Table.BRANDS,
            Map.of("client", "name"),
            List.of(required("name"), optional("description")));

    var document = new LinkedHashMap<String, Section>();
    document.put(
        "clients",
        top(
            Table.CLIENTS,
            required("name"),
            optional("description"),
            new Things("brands", brands)));
    document.put("segments", top(Table.SEGMENTS, required("name"), optional("description")));
    document.put(
        "pipeline_types",
        top(Table.PIPELINE_TYPES, required("name"), optional("segment"), optional("description")));
    document.put(
        "state_types",
        top(Table.STATE_TYPES, required("name"), required("graph_order"), optional("description")));
    document.put(
        "pools", top(Table.POOLS, required("name"), required("slots"), optional("description")));
    document.put("tags", top(Table.TAGS, required("name"), optional("description")));
    document.put("templates", new Section(Table.TEMPLATES, Map.of(), templateMembers));
    document.put(
        "pipelines",
        top(
            Table.PIPELINES,
            required("name"),
            required("client"),
            required("brand"),
            new Value("type", "pipeline_type", true, null),
            optional("description"),
            value("is_active", "true"),
            optional("run_frequency"),
            value("time_zone", "UTC"),
            optional("start_date"),
            value("is_catching_up", "false"),
            value("overlap_policy", "QUEUE"),
            value("overlap_limit", "1"),
            value("priority", "0"),
            optional("parallel_task_limit"),
            new Things("parameters", parameters),
            new Things("states", states)));
    return Collections.unmodifiableMap(document);
  }

  private static Section top(Table table, Member... members) {
    return new Section(table, Map.of(), List.of(members));
  }

  private static Value required(String name) {
    return new Value(name, name, true, null);
  }

  private static Value optional(String name) {
    return new Value(name, name, false, null);
  }

  private static Value value(String name, String defaultText) {
    return new Value(name, name, false, defaultText);
  }
}
