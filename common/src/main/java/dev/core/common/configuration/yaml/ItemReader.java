package dev.core.common.configuration.yaml;

import dev.core.common.configuration.yaml.Section.Member;
import dev.core.common.variables.Checked;
import dev.core.common.variables.Nearest;
import dev.core.common.variables.Quoted;
import dev.core.common.variables.VariableStructure;
import dev.core.common.variables.VariableStructures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes things of a YAML document, and collects everything that is not of its form. */
final class ItemReader {

  private final List<YamlProblem> problems;

  ItemReader(List<YamlProblem> problems) {
    this.problems = problems;
  }

  List<Item> document(YamlNode root) {
    var items = new ArrayList<Item>();
    if (!(root instanceof YamlNode.Mapping(_, var entries))) {
      problem(
          root.line(),
          "the file must be a mapping with %s, not %s"
              .formatted(listed(Section.DOCUMENT.keySet()), root.shown()));
      return items;
    }
    for (var entry : entries) {
      var section = Section.DOCUMENT.get(entry.key());
      if (section == null) {
        unknown(entry, "", Section.DOCUMENT.keySet());
      } else {
        items.addAll(things(entry, section));
      }
    }
    return items;
  }

  private List<Item> things(YamlNode.Entry entry, Section section) {
    var items = new ArrayList<Item>();
    for (YamlNode node : list(entry)) {
      if (node instanceof YamlNode.Mapping mapping) {
        items.add(thing(mapping, section));
      } else {
        problem(
            node.line(),
            "each of '%s' must be a mapping with %s, not %s"
                .formatted(entry.key(), listed(section.keys()), node.shown()));
      }
    }
    return items;
  }

  private Item thing(YamlNode.Mapping node, Section section) {
    var values = new HashMap<String, @Nullable String>();
    var lines = new HashMap<String, Integer>();
    var children = new ArrayList<Item>();
    for (var entry : node.entries()) {
      var member = section.member(entry.key());
      if (member.isEmpty()) {
        unknown(entry, " of a " + section.table().noun(), section.keys());
        continue;
      }
      switch (member.get()) {
        case Section.Value(_, var column, _, _) -> {
          var type = section.table().column(column).orElseThrow().type();
          values.put(column, scalar(entry, type));
          if (!(entry.value() instanceof YamlNode.Absent)) {
            lines.put(column, entry.line());
          }
        }
        case Section.Things(_, var below) -> children.addAll(things(entry, below));
        case Section.Texts(_, var below, var column) ->
            children.addAll(texts(entry, below, column));
        case Section.Pairs(_, var below, var nameColumn, var valueColumn) ->
            children.addAll(pairs(entry, below, nameColumn, valueColumn));
        case Section.Structures(_, var column) -> {
          values.put(column, structures(entry));
          lines.put(column, entry.line());
        }
      }
    }
    fill(node, section, values, lines);
    return new Item(section, node.line(), values, lines, children);
  }

  /** Defaults of what is absent; what has none must be there. */
  private void fill(
      YamlNode.Mapping node,
      Section section,
      Map<String, @Nullable String> values,
      Map<String, Integer> lines) {
    for (Member member : section.members()) {
      switch (member) {
        case Section.Value(var key, var column, var required, var defaultText) -> {
          if (values.get(column) == null) {
            if (required && !lines.containsKey(column)) {
              problem(node.line(), "a %s needs '%s'".formatted(section.table().noun(), key));
            }
            values.put(column, defaultText);
          }
        }
        case Section.Structures(_, var column) -> values.putIfAbsent(column, "{}");
        case Section.Things _, Section.Texts _, Section.Pairs _ -> {}
      }
    }
  }

  private @Nullable String scalar(YamlNode.Entry entry, Column.Type type) {
    return switch (entry.value()) {
      case YamlNode.Absent _ -> null;
      case YamlNode.Scalar(int line, var text, _) ->
          switch (ScalarText.normal(type, text)) {
            case Checked.Valid<String>(var normal) -> normal;
            case Checked.Invalid<String>(var found) -> {
              found.forEach(problem -> problem(line, "'" + entry.key() + "': " + problem));
              yield null;
            }
          };
      case YamlNode.Mapping _, YamlNode.Sequence _ -> {
        problem(
            entry.line(),
            "'%s' must be a text, not %s".formatted(entry.key(), entry.value().shown()));
        yield null;
      }
    };
  }

  private List<Item> texts(YamlNode.Entry entry, Section section, String column) {
    var items = new ArrayList<Item>();
    for (YamlNode node : list(entry)) {
      if (node instanceof YamlNode.Scalar(int line, var text, _)) {
        items.add(new Item(section, line, Map.of(column, text), Map.of(column, line), List.of()));
      } else {
        problem(
            node.line(),
            "each of '%s' must be a text, not %s".formatted(entry.key(), node.shown()));
      }
    }
    return items;
  }

  private List<Item> pairs(
      YamlNode.Entry entry, Section section, String nameColumn, String valueColumn) {
    var items = new ArrayList<Item>();
    for (var pair : mapping(entry)) {
      int line = pair.line();
      switch (pair.value()) {
        case YamlNode.Scalar(_, var text, _) ->
            items.add(
                new Item(
                    section,
                    line,
                    Map.of(nameColumn, pair.key(), valueColumn, text),
                    Map.of(nameColumn, line, valueColumn, line),
                    List.of()));
        case YamlNode.Absent _ ->
            problem(line, "'%s' has no value; for empty text write \"\"".formatted(pair.key()));
        case YamlNode.Mapping _, YamlNode.Sequence _ ->
            problem(
                line,
                "'%s' must be a text, not %s; write JSON in quotes or as a block"
                    .formatted(pair.key(), pair.value().shown()));
      }
    }
    return items;
  }

  private String structures(YamlNode.Entry entry) {
    var structures = new TreeMap<String, VariableStructure>();
    for (var variable : mapping(entry)) {
      switch (StructureNodes.parse(variable)) {
        case Checked.Valid<Map<String, VariableStructure>>(var parsed) -> structures.putAll(parsed);
        case Checked.Invalid<Map<String, VariableStructure>>(var found) ->
            found.forEach(problem -> problem(variable.line(), problem));
      }
    }
    return VariableStructures.write(structures);
  }

  private List<YamlNode> list(YamlNode.Entry entry) {
    return switch (entry.value()) {
      case YamlNode.Sequence(_, var items) -> items;
      case YamlNode.Absent _ -> List.of();
      case YamlNode.Scalar _, YamlNode.Mapping _ -> {
        problem(
            entry.line(),
            "'%s' must be a list, not %s; begin each of its items with '- '"
                .formatted(entry.key(), entry.value().shown()));
        yield List.of();
      }
    };
  }

  private List<YamlNode.Entry> mapping(YamlNode.Entry entry) {
    return switch (entry.value()) {
      case YamlNode.Mapping(_, var entries) -> entries;
      case YamlNode.Absent _ -> List.of();
      case YamlNode.Scalar _, YamlNode.Sequence _ -> {
        problem(
            entry.line(),
            "'%s' must be a mapping of names, not %s"
                .formatted(entry.key(), entry.value().shown()));
        yield List.of();
      }
    };
  }

  private void unknown(YamlNode.Entry entry, String where, Collection<String> allowed) {
    problem(
        entry.line(),
        "unknown key %s%s%s; allowed: %s"
            .formatted(
                Quoted.text(entry.key()),
                where,
                Nearest.hint(entry.key(), allowed),
                listed(allowed)));
  }

  private static String listed(Collection<String> names) {
    return String.join(", ", names);
  }

  private void problem(int line, String message) {
    problems.add(new YamlProblem(line, message));
  }
}
