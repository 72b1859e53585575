package dev.core.orchestrator.cloudformation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A template under given parameters, resolved as CloudFormation resolves it: which resources are
 * made, with which properties. What AWS would give, such as ARNs, is made up in its form. Used by
 * one thread.
 */
final class Evaluation {

  private static final Pattern NAMED = Pattern.compile("\\$\\{(!?[^}]+)}");

  /** The value that stands for none. */
  private static final Object NO_VALUE = new Object();

  private static final Map<String, Object> PSEUDO =
      Map.of(
          "AWS::AccountId",
          MadeUp.ACCOUNT,
          "AWS::Region",
          MadeUp.REGION,
          "AWS::Partition",
          "aws",
          "AWS::URLSuffix",
          "amazonaws.com",
          "AWS::StackName",
          "core",
          "AWS::StackId",
          "arn:aws:cloudformation:" + MadeUp.REGION + ":" + MadeUp.ACCOUNT + ":stack/core/1",
          "AWS::NoValue",
          NO_VALUE);

  private final Template template;
  private final ResourceTypes types;
  private final Conditions conditions;
  private final Map<String, Object> parameters = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private String place = "";

  Evaluation(Template template, ResourceTypes types, Map<String, String> given) {
    this.template = template;
    this.types = types;
    this.conditions =
        new Conditions(
            template.section("Conditions"),
            this::text,
            problem -> problems.add(place + ": " + problem));
    template
        .section("Parameters")
        .forEach((name, value) -> {
          var parameter = Template.map(value);
          Object text = given.getOrDefault(name, String.valueOf(parameter.get("Default")));
          parameters.put(
              name,
              parameter.get("Type").equals("CommaDelimitedList")
                  ? List.of(text.toString().split(",", -1))
                  : text);
        });
    for (String name : new TreeSet<>(given.keySet())) {
      if (!parameters.containsKey(name)) {
        problems.add("there is no parameter " + name);
      }
    }
  }

  /** A resource that is made. */
  record Resource(String type, Map<String, Object> properties) {}

  /** What could not be resolved so far, each with its place. */
  List<String> problems() {
    return problems;
  }

  /** Those that are made, by their logical names. */
  Map<String, Resource> resources() {
    var made = new LinkedHashMap<String, Resource>();
    template
        .section("Resources")
        .forEach((name, value) -> {
          var resource = Template.map(value);
          if (isMade(name)) {
            place = name;
            made.put(
                name,
                new Resource(
                    String.valueOf(resource.get("Type")),
                    Template.map(resolve(resource.getOrDefault("Properties", Map.of())))));
            for (Object other : Template.list(resource.get("DependsOn"))) {
              if (!isMade(String.valueOf(other))) {
                problems.add("%s depends on %s, which is not made".formatted(name, other));
              }
            }
          }
        });
    return made;
  }

  Map<String, String> outputs() {
    var outputs = new LinkedHashMap<String, String>();
    template
        .section("Outputs")
        .forEach((name, value) -> {
          place = "output " + name;
          outputs.put(name, String.valueOf(resolve(Template.map(value).get("Value"))));
        });
    return outputs;
  }

  private boolean isMade(String logicalName) {
    var resource = Template.map(template.section("Resources").get(logicalName));
    Object condition = resource.get("Condition");
    return !resource.isEmpty()
        && (condition == null || conditions.holds(String.valueOf(condition)));
  }

  private @Nullable Object resolve(@Nullable Object value) {
    return switch (value) {
      case List<?> list -> {
        var resolved = new ArrayList<@Nullable Object>();
        list.forEach(each -> {
          Object one = resolve(each);
          if (one != NO_VALUE) {
            resolved.add(one);
          }
        });
        yield resolved;
      }
      case Map<?, ?> _ -> {
        var map = Template.map(value);
        String only = map.size() == 1 ? map.keySet().iterator().next() : "";
        if (only.equals("Ref") || only.startsWith("Fn::")) {
          yield call(only, map.get(only));
        }
        var resolved = new LinkedHashMap<String, @Nullable Object>();
        String outside = place;
        map.forEach((name, each) -> {
          place = outside + "." + name;
          Object one = resolve(each);
          if (one != NO_VALUE) {
            resolved.put(name, one);
          }
        });
        place = outside;
        yield resolved;
      }
      case null, default -> value;
    };
  }

  private @Nullable Object call(String function, @Nullable Object argument) {
    List<?> arguments = Template.list(argument);
    return switch (function) {
      case "Ref" -> ref(String.valueOf(argument));
      case "Fn::GetAtt" ->
          attribute(String.valueOf(arguments.get(0)), String.valueOf(arguments.get(1)));
      case "Fn::Sub" -> substituted(arguments);
      case "Fn::If" ->
          resolve(arguments.get(conditions.holds(String.valueOf(arguments.getFirst())) ? 1 : 2));
      case "Fn::Join" ->
          String.join(
              text(arguments.getFirst()),
              Template.list(resolve(arguments.get(1))).stream().map(this::text).toList());
      case "Fn::Select" ->
          Template.list(resolve(arguments.get(1)))
              .get(Integer.parseInt(String.valueOf(arguments.getFirst())));
      case "Fn::GetAZs" -> List.of(MadeUp.REGION + "a", MadeUp.REGION + "b");
      default -> unresolved("no such function: " + function, "");
    };
  }

  private String substituted(List<?> arguments) {
    var own = arguments.size() > 1 ? Template.map(arguments.get(1)) : Map.<String, Object>of();
    UnaryOperator<String> value =
        name -> {
          if (name.startsWith("!")) {
            return "${" + name.substring(1) + "}";
          }
          if (own.containsKey(name)) {
            return text(own.get(name));
          }
          int dot = name.indexOf('.');
          return dot < 0
              ? text(ref(name))
              : text(attribute(name.substring(0, dot), name.substring(dot + 1)));
        };
    return NAMED
        .matcher(String.valueOf(arguments.getFirst()))
        .replaceAll((MatchResult each) -> Matcher.quoteReplacement(value.apply(each.group(1))));
  }

  private Object ref(String name) {
    if (PSEUDO.containsKey(name)) {
      return PSEUDO.get(name);
    }
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    var type = made(name);
    if (type == null) {
      return "unresolved";
    }
    return madeUp(name).ref(type.ref());
  }

  private Object attribute(String name, String attribute) {
    var type = made(name);
    if (type == null) {
      return "unresolved";
    }
    if (!type.attributes().contains(attribute)) {
      return unresolved(
          "%s of %s has no attribute %s; allowed: %s"
              .formatted(typeName(name), name, attribute, new TreeSet<>(type.attributes())),
          "unresolved");
    }
    return madeUp(name).attribute(attribute);
  }

  /** Of what type it is; null, with a problem, if it is not made. */
  private ResourceTypes.@Nullable Type made(String name) {
    if (!template.section("Resources").containsKey(name)) {
      return unresolved("there is no parameter or resource " + name, null);
    }
    if (!isMade(name)) {
      return unresolved("refers to %s, which is not made".formatted(name), null);
    }
    return types.type(typeName(name)).orElse(null);
  }

  private String typeName(String name) {
    return String.valueOf(Template.map(template.section("Resources").get(name)).get("Type"));
  }

  private MadeUp madeUp(String name) {
    return new MadeUp(name, typeName(name), property -> property(name, property));
  }

  private String property(String name, String property) {
    var resource = Template.map(template.section("Resources").get(name));
    return text(Template.map(resource.get("Properties")).getOrDefault(property, "core-" + name));
  }

  private String text(@Nullable Object value) {
    return String.valueOf(resolve(value));
  }

  private <T extends @Nullable Object> T unresolved(String problem, T instead) {
    problems.add(place + ": " + problem);
    return instead;
  }
}
