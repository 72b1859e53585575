package dev.core.common.configuration.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a file's transformations. One that names its id has it. One that does not takes the
 * place of a stored transformation of the same pipeline, state and template which the file does not
 * name otherwise, the most alike first, so that importing such a file again changes nothing; else
 * it is new.
 */
final class TransformationIds {

  private final Map<Item, String> ids = new IdentityHashMap<>();
  private final List<YamlProblem> problems;
  private final StoredRows stored;
  private final Map<List<String>, List<Row>> candidates = new HashMap<>();
  private final Map<String, Map<String, String>> variables = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private long nextFree;

  private TransformationIds(StoredRows stored, long firstFree, List<YamlProblem> problems) {
    this.stored = stored;
    this.nextFree = firstFree;
    this.problems = problems;
    for (Row row : stored.of(Table.TRANSFORMATIONS)) {
      candidates
          .computeIfAbsent(
              List.of(row.text("pipeline"), row.text("state"), row.text("template")),
              _ -> new ArrayList<>())
          .add(row);
    }
    for (Row row : stored.of(Table.VARIABLES)) {
      variables
          .computeIfAbsent(row.text("transformation"), _ -> new HashMap<>())
          .put(row.text("name"), row.text("value"));
    }
  }

  private record Place(String pipeline, String state, Item item) {}

  static TransformationIds of(
      List<Item> items, StoredRows stored, long firstFree, List<YamlProblem> problems) {
    var result = new TransformationIds(stored, firstFree, problems);
    var places = places(items);
    result.named(places);
    for (int alike = 2; alike >= 0; alike--) {
      result.matched(places, alike);
    }
    for (Place place : places) {
      if (!result.ids.containsKey(place.item())) {
        result.ids.put(place.item(), Long.toString(result.nextFree));
        result.nextFree++;
      }
    }
    return result;
  }

  @Nullable String of(Item item) {
    return ids.get(item);
  }

  long nextFree() {
    return nextFree;
  }

  private static List<Place> places(List<Item> items) {
    var places = new ArrayList<Place>();
    for (Item pipeline : items) {
      var name = pipeline.values().get("name");
      if (pipeline.section().table() != Table.PIPELINES || name == null) {
        continue;
      }
      for (Item state : pipeline.children()) {
        var stateName = state.values().get("state");
        if (state.section().table() == Table.STATES && stateName != null) {
          state.children().forEach(child -> places.add(new Place(name, stateName, child)));
        }
      }
    }
    return places;
  }

  private void named(List<Place> places) {
    var pipelines = new HashSet<String>();
    places.forEach(place -> pipelines.add(place.pipeline()));
    for (Place place : places) {
      var id = place.item().values().get("id");
      if (id == null) {
        continue;
      }
      ids.put(place.item(), id);
      taken.add(id);
      nextFree = Math.max(nextFree, Long.parseLong(id) + 1);
      stored
          .find(new Row.Key(Table.TRANSFORMATIONS, List.of(id)))
          .map(row -> row.text("pipeline"))
          .filter(owner -> !pipelines.contains(owner))
          .ifPresent(owner ->
              problems.add(
                  new YamlProblem(
                      place.item().line("id"),
                      "transformation %s belongs to pipeline '%s', which this file does not"
                              .formatted(id, owner)
                          + " hold; leave the id out to have a new one")));
    }
  }

  /**
   * @param alike 2: order and variables are equal; 1: only the order; 0: neither
   */
  private void matched(List<Place> places, int alike) {
    for (Place place : places) {
      if (ids.containsKey(place.item())) {
        continue;
      }
      var template = String.valueOf(place.item().values().get("template"));
      candidates
          .getOrDefault(List.of(place.pipeline(), place.state(), template), List.of())
          .stream()
          .filter(row -> !taken.contains(row.text("id")) && fits(row, place, alike))
          .min(Comparator.comparingLong(row -> Long.parseLong(row.text("id"))))
          .ifPresent(row -> {
            ids.put(place.item(), row.text("id"));
            taken.add(row.text("id"));
          });
    }
  }

  private boolean fits(Row row, Place place, int alike) {
    var values = place.item().values();
    return (alike < 1 || Objects.equals(row.value("graph_order"), values.get("graph_order")))
        && (alike < 2
            || variables.getOrDefault(row.text("id"), Map.of()).equals(variables(place.item())));
  }

  private static Map<String, @Nullable String> variables(Item item) {
    var variables = new HashMap<String, @Nullable String>();
    for (Item child : item.children()) {
      variables.put(String.valueOf(child.values().get("name")), child.values().get("value"));
    }
    return variables;
  }
}
