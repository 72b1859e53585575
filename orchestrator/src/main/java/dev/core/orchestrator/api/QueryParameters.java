package dev.core.orchestrator.api;

import dev.core.common.variables.Nearest;
import dev.core.common.variables.Quoted;
import dev.core.common.variables.Storable;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** Reads the part of an address after the question mark strictly. */
final class QueryParameters {

  private QueryParameters() {}

  /** Refuses what is misspelt, instead of passing over it, and what is given twice. */
  static void only(Context request, String... known) {
    var allowed = List.of(known);
    var faults = new ArrayList<String>();
    request
        .queryParamMap()
        .forEach((name, values) -> {
          if (!allowed.contains(name)) {
            faults.add(
                "query parameter %s is not known%s; allowed: %s"
                    .formatted(
                        Quoted.text(name),
                        Nearest.hint(name, allowed),
                        allowed.isEmpty() ? "none" : String.join(", ", allowed)));
          } else if (values.stream().anyMatch(value -> Storable.problem(value).isPresent())) {
            faults.add(
                "query parameter '%s' may not hold the character NUL; leave it out"
                    .formatted(name));
          } else if (values.size() > 1) {
            faults.add("query parameter '%s' is given twice; give it once".formatted(name));
          }
        });
    if (!faults.isEmpty()) {
      throw Problem.badRequest(faults).refusal();
    }
  }
}
