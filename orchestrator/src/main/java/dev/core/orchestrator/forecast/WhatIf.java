package dev.core.orchestrator.forecast;

import java.util.Map;

/**
 * Something that could be otherwise.
 *
 * @param what for people
 * @param works by key of task, in the place of those that are assumed
 */
public record WhatIf(String what, Conditions conditions, Map<String, Work> works) {
  public WhatIf {
    works = Map.copyOf(works);
  }
}
