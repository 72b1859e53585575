package dev.core.common.variables;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A text with {@code ${…}} in it, parsed once. {@code $${} stands for a literal <code>${</code>;
 * any other {@code $} for itself. What a reference gives is taken as it is: it is not searched for
 * further references. Immutable.
 */
public final class Interpolation {

  private sealed interface Part {
    record Literal(String text) implements Part {}

    record Hole(Reference reference) implements Part {}
  }

  private static final int MOST_SHOWN = 8;

  private final List<Part> parts;

  private Interpolation(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Parses any text; what is wrong with it is told by {@link #check} and {@link #resolve}. */
  public static Interpolation parse(String text) {
    var parts = new ArrayList<Part>();
    var literal = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        literal.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        int end = text.indexOf('}', at);
        if (!literal.isEmpty()) {
          parts.add(new Part.Literal(literal.toString()));
          literal.setLength(0);
        }
        if (end < 0) {
          var rest = text.substring(at + 2);
          parts.add(
              new Part.Hole(
                  new Reference.Malformed(
                      rest, "the closing '}' is missing; for a literal '${' write '$${'", false)));
          at = text.length();
        } else {
          parts.add(new Part.Hole(ReferenceSyntax.parse(text.substring(at + 2, end))));
          at = end + 1;
        }
      } else {
        literal.append(text.charAt(at));
        at++;
      }
    }
    if (!literal.isEmpty()) {
      parts.add(new Part.Literal(literal.toString()));
    }
    return new Interpolation(parts);
  }

  /** In the order in which they are written, repeated ones included. */
  public List<Reference> references() {
    return parts.stream()
        .flatMap(part ->
            switch (part) {
              case Part.Literal _ -> Stream.empty();
              case Part.Hole(var reference) -> Stream.of(reference);
            })
        .toList();
  }

  /** The text, if nothing in it needs a run; escapes are undone. */
  public Optional<String> literal() {
    var text = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(var literal) -> text.append(literal);
        case Part.Hole _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(text.toString());
  }

  /** The text with every reference replaced, or all that cannot be. */
  public Checked<String> resolve(ResolutionContext context) {
    var text = new StringBuilder();
    var problems = new ArrayList<String>();
    for (Part part : parts) {
      switch (part) {
        case Part.Literal(var literal) -> text.append(literal);
        case Part.Hole(var reference) -> {
          switch (value(reference, context)) {
            case Checked.Valid<String>(var value) -> text.append(value);
            case Checked.Invalid<String>(var found) ->
                found.forEach(problem -> problems.add(reference.shown() + ": " + problem));
          }
        }
      }
    }
    return problems.isEmpty()
        ? Checked.valid(text.toString())
        : new Checked.Invalid<>(problems.stream().distinct().toList());
  }

  /** All that can be said before there is a run; empty if nothing is wrong. */
  public List<String> check(KnownNames known) {
    return references().stream()
        .flatMap(reference ->
            problem(reference, known).stream().map(problem -> reference.shown() + ": " + problem))
        .distinct()
        .toList();
  }

  private static Optional<String> problem(Reference reference, KnownNames known) {
    return switch (reference) {
      case Reference.LogicalDate _, Reference.Fact _ -> Optional.empty();
      case Reference.Malformed(_, var problem, _) -> Optional.of(problem);
      case Reference.Parameter(var name) ->
          known.parameters().contains(name)
              ? Optional.empty()
              : Optional.of(
                  "the pipeline has no parameter of that name"
                      + Nearest.hint(name, known.parameters())
                      + has(known.parameters()));
      case Reference.TaskResult(_, var key, _) -> {
        if (known.upstream().contains(key)) {
          yield Optional.empty();
        }
        yield Optional.of(
            known.tasks().contains(key)
                ? "that task is not upstream: it has not ended when this one starts"
                : "the pipeline has no task of that key"
                    + Nearest.hint(key, known.tasks())
                    + "; tasks before this one: "
                    + some(known.upstream()));
      }
    };
  }

  private static String has(Collection<String> names) {
    return names.isEmpty() ? "; it has none" : "; it has " + some(names);
  }

  private static String some(Collection<String> names) {
    return names.isEmpty()
        ? "none"
        : names.stream().sorted().limit(MOST_SHOWN).collect(Collectors.joining(", "))
            + (names.size() > MOST_SHOWN ? ", … (" + names.size() + ")" : "");
  }

  private static Checked<String> value(Reference reference, ResolutionContext context) {
    return switch (reference) {
      case Reference.Malformed(_, var problem, _) -> Checked.invalid(problem);
      case Reference.LogicalDate(_, var format) ->
          Checked.valid(
              format == null
                  ? context.logicalDate().toString()
                  : format.format(context.logicalDate().atZone(context.zone())));
      case Reference.Fact(var name) ->
          Checked.valid(
              switch (name) {
                case RUN_ID -> Long.toString(context.runId());
                case CLIENT -> context.client();
                case BRAND -> context.brand();
                case BRANCH -> context.branch();
                case PIPELINE -> context.pipeline();
                case STATE -> context.state();
                case ATTEMPT -> Integer.toString(context.attempt());
              });
      case Reference.Parameter(var name) -> {
        var value = context.parameters().get(name);
        yield value == null
            ? Checked.invalid(
                "the run has no parameter of that name"
                    + Nearest.hint(name, context.parameters().keySet()))
            : Checked.valid(value);
      }
      case Reference.TaskResult result -> resultOf(result, context);
    };
  }

  private static Checked<String> resultOf(
      Reference.TaskResult reference, ResolutionContext context) {
    var found = context.results().apply(reference.taskKey());
    if (found.isEmpty()) {
      return Checked.invalid("that task returned nothing, or is not upstream");
    }
    JsonNode node = found.get();
    for (String step : reference.path()) {
      JsonNode next =
          node.isArray() && step.matches("[0-9]{1,9}")
              ? node.get(Integer.parseInt(step))
              : node.get(step);
      if (next == null) {
        return Checked.invalid(
            "the result has no '"
                + step
                + "'"
                + (node.isObject()
                    ? Nearest.hint(step, node.properties().stream().map(e -> e.getKey()).toList())
                    : ""));
      }
      node = next;
    }
    if (node.isNull()) {
      return Checked.invalid("the result is null there");
    }
    return Checked.valid(node.isContainerNode() ? Json.write(node) : node.asText());
  }
}
