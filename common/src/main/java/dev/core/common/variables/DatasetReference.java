package dev.core.common.variables;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dataset that a transformation reads, as an input variable names it: {@code
 * [alias=]<state>/<dataset>[@run|@newest]} of the run's own client and brand, or {@code
 * [alias=]<client>/<brand>/<state>/<dataset>[@newest]}.
 *
 * @param alias the name under which the transformation knows it; the dataset's name by default
 * @param client null: the run's own; then {@code brand} is null as well
 */
public record DatasetReference(
    String alias,
    @Nullable String client,
    @Nullable String brand,
    String state,
    String dataset,
    Choice choice) {

  /** Which of the datasets of that name is read. */
  public enum Choice {
    /** What this run wrote; else the newest committed. The default. */
    RUN_ELSE_NEWEST,
    /** Only what this run wrote: {@code @run}. */
    RUN,
    /** The newest committed, even if this run writes one: {@code @newest}. */
    NEWEST
  }

  /** The same reference with client and brand named: the run's own where they were left out. */
  public DatasetReference within(String ownClient, String ownBrand) {
    return new DatasetReference(
        alias,
        client == null ? ownClient : client,
        brand == null ? ownBrand : brand,
        state,
        dataset,
        choice);
  }

  /** {@code <client>/<brand>/<state>/<dataset>}, or {@code <state>/<dataset>}. */
  public String name() {
    return (client == null ? "" : client + "/" + brand + "/") + state + "/" + dataset;
  }

  /** All references of a text, which separates them by commas; aliases must differ. */
  public static Checked<List<DatasetReference>> parseAll(String text) {
    var references = new ArrayList<DatasetReference>();
    var problems = new ArrayList<String>();
    var aliases = new HashSet<String>();
    for (String one : text.split(",", -1)) {
      if (one.isBlank() && !text.isBlank()) {
        problems.add(
            "nothing stands on one side of a comma in %s; leave the comma out"
                .formatted(Quoted.text(text)));
        continue;
      }
      switch (parse(one.strip())) {
        case Checked.Invalid<DatasetReference>(var found) -> problems.addAll(found);
        case Checked.Valid<DatasetReference>(var reference) -> {
          references.add(reference);
          if (!aliases.add(reference.alias())) {
            problems.add(
                "two inputs are called '%s'; give one of them an alias: other=%s"
                    .formatted(reference.alias(), reference.name()));
          }
        }
      }
    }
    return problems.isEmpty() ? Checked.valid(references) : new Checked.Invalid<>(problems);
  }

  /** One reference, with nothing around it. */
  public static Checked<DatasetReference> parse(String text) {
    var problems = new ArrayList<String>();
    int equals = text.indexOf('=');
    int at = text.indexOf('@', equals + 1);
    var path = text.substring(equals + 1, at < 0 ? text.length() : at).strip();
    var parts = path.split("/", -1);
    if (parts.length != 2 && parts.length != 4) {
      return Checked.invalid(
          "%s is no dataset: <state>/<dataset> or <client>/<brand>/<state>/<dataset>"
              .formatted(Quoted.text(text)));
    }
    boolean foreign = parts.length == 4;
    for (String part : parts) {
      Names.problem(part).ifPresent(problem -> problems.add(blame(text, problem)));
    }
    var dataset = parts[parts.length - 1];
    var alias = equals < 0 ? dataset : text.substring(0, equals).strip();
    if (equals >= 0) {
      Names.problem(alias).ifPresent(problem -> problems.add(blame(text, "alias " + problem)));
    }
    var choice = at < 0 ? Optional.of(Choice.RUN_ELSE_NEWEST) : choice(text.substring(at + 1));
    if (choice.isEmpty()) {
      problems.add(blame(text, "after @ comes 'run' or 'newest'"));
    } else if (foreign && choice.get() == Choice.RUN) {
      problems.add(
          blame(text, "@run is for the run's own datasets, named without client and brand"));
    }
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    return Checked.valid(
        new DatasetReference(
            alias,
            foreign ? parts[0] : null,
            foreign ? parts[1] : null,
            parts[parts.length - 2],
            dataset,
            choice.orElseThrow()));
  }

  private static Optional<Choice> choice(String suffix) {
    return switch (suffix.strip()) {
      case "run" -> Optional.of(Choice.RUN);
      case "newest" -> Optional.of(Choice.NEWEST);
      default -> Optional.empty();
    };
  }

  private static String blame(String text, String problem) {
    return "dataset " + Quoted.text(text) + ": " + problem;
  }
}
