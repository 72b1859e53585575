package dev.core.common.variables;

import java.util.Set;

/**
 * The names that a transformation's variables may use, for checking them before there is a run.
 *
 * @param parameters of the pipeline
 * @param upstream keys of the tasks that have ended when this one starts
 * @param tasks keys of all tasks of the pipeline that can return something
 */
public record KnownNames(Set<String> parameters, Set<String> upstream, Set<String> tasks) {
  public KnownNames {
    parameters = Set.copyOf(parameters);
    upstream = Set.copyOf(upstream);
    tasks = Set.copyOf(tasks);
  }
}
