package dev.core.orchestrator.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/** Everything that is wrong with a template, as far as can be told without CloudFormation. */
final class TemplateCheck {

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Conditions",
          "Resources",
          "Outputs");
  private static final Set<String> OF_RESOURCES =
      Set.of(
          "Type", "Properties", "Condition", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy");
  private static final Set<String> OF_PARAMETERS =
      Set.of(
          "Type",
          "Default",
          "AllowedValues",
          "AllowedPattern",
          "Description",
          "MinValue",
          "MaxValue");
  private static final Set<String> POLICIES = Set.of("Delete", "Retain", "Snapshot");
  private static final Pattern NAMED = Pattern.compile("\\$\\{([^!}][^}]*)}");

  private TemplateCheck() {}

  /**
   * @param installations each a set of parameters, so that every branch is taken by one of them
   */
  static List<String> problems(String text, List<Map<String, String>> installations) {
    Template template;
    try {
      template = Template.parse(text);
    } catch (YAMLException e) {
      return List.of("no template: " + e.getMessage());
    }
    var types = ResourceTypes.load();
    var problems = new LinkedHashSet<String>(form(template));
    for (var installation : installations) {
      var evaluation = new Evaluation(template, types, installation);
      var resources = evaluation.resources();
      var _ = evaluation.outputs();
      problems.addAll(evaluation.problems());
      problems.addAll(new PropertyCheck(types).problems(resources));
      problems.addAll(new PolicyCheck().problems(resources));
    }
    return List.copyOf(problems);
  }

  private static List<String> form(Template template) {
    var problems = new ArrayList<String>();
    unknown("template", template.sections(), SECTIONS, problems);
    template
        .section("Parameters")
        .forEach((name, value) -> {
          unknown(name, Template.map(value), OF_PARAMETERS, problems);
          defaultFits(name, Template.map(value), problems);
        });
    template
        .section("Resources")
        .forEach((name, value) -> {
          var resource = Template.map(value);
          unknown(name, resource, OF_RESOURCES, problems);
          for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            Object wanted = resource.get(policy);
            if (wanted != null && !POLICIES.contains(wanted.toString())) {
              problems.add("%s: %s is one of %s".formatted(name, policy, new TreeSet<>(POLICIES)));
            }
          }
        });
    var used = new TreeSet<String>();
    named(template.section("Resources"), used);
    named(template.section("Outputs"), used);
    named(template.section("Conditions"), used);
    for (String section : List.of("Parameters", "Conditions")) {
      for (String name : template.section(section).keySet()) {
        if (!used.contains(name)) {
          problems.add("%s: nothing uses it".formatted(name));
        }
      }
    }
    return problems;
  }

  private static void unknown(
      String place, Map<String, Object> map, Set<String> known, List<String> problems) {
    for (String name : map.keySet()) {
      if (!known.contains(name)) {
        problems.add(
            "%s: there is no '%s' here; allowed: %s".formatted(place, name, new TreeSet<>(known)));
      }
    }
  }

  private static void defaultFits(
      String name, Map<String, Object> parameter, List<String> problems) {
    if (!parameter.containsKey("Default")) {
      return;
    }
    String value = String.valueOf(parameter.get("Default"));
    var allowed = Template.list(parameter.get("AllowedValues"));
    Object pattern = parameter.get("AllowedPattern");
    if ((!allowed.isEmpty() && allowed.stream().noneMatch(each -> each.toString().equals(value)))
        || (pattern != null && !value.matches(pattern.toString()))) {
      problems.add("%s: its default '%s' is not allowed".formatted(name, value));
    }
  }

  /** Every name of a parameter, condition or resource that a value refers to. */
  private static void named(@Nullable Object value, Set<String> names) {
    switch (value) {
      case List<?> list -> list.forEach(each -> named(each, names));
      case Map<?, ?> map ->
          map.forEach((key, each) -> {
            switch (key.toString()) {
              case "Ref", "Condition" -> names.add(each.toString());
              case "Fn::If" -> {
                names.add(Template.list(each).getFirst().toString());
                named(each, names);
              }
              case "Fn::Sub" -> {
                NAMED
                    .matcher(Template.list(each).getFirst().toString())
                    .results()
                    .forEach(found -> names.add(found.group(1)));
                named(each, names);
              }
              default -> named(each, names);
            }
          });
      case null, default -> {}
    }
  }
}
