package dev.core.orchestrator.cloudformation;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a template under given parameters.
 *
 * @param section of the template
 * @param text what an expression comes to
 * @param problem takes what is wrong with them
 */
record Conditions(
    Map<String, Object> section,
    Function<@Nullable Object, String> text,
    Consumer<String> problem) {

  /** Whether the condition of that name holds; with a problem, not, if there is none. */
  boolean holds(String name) {
    Object condition = section.get(name);
    if (condition == null) {
      problem.accept("there is no condition " + name);
      return false;
    }
    return isTrue(condition);
  }

  private boolean isTrue(@Nullable Object expression) {
    var form = Template.map(expression);
    String function = form.size() == 1 ? form.keySet().iterator().next() : "";
    List<?> arguments = Template.list(form.get(function));
    return switch (function) {
      case "Condition" -> holds(String.valueOf(form.get(function)));
      case "Fn::Equals" -> text.apply(arguments.get(0)).equals(text.apply(arguments.get(1)));
      case "Fn::Not" -> !isTrue(arguments.getFirst());
      case "Fn::And" -> arguments.stream().allMatch(this::isTrue);
      case "Fn::Or" -> arguments.stream().anyMatch(this::isTrue);
      default -> {
        problem.accept("is no condition: " + expression);
        yield false;
      }
    };
  }
}
