package dev.core.orchestrator.compute.cloud.publish;

import java.util.List;

/** It cannot be published or tidied as things are; says all that is wrong, each with a remedy. */
public final class PublishingRefused extends RuntimeException {

  private final List<String> problems;

  PublishingRefused(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  PublishingRefused(String problem, Throwable cause) {
    super(problem, cause);
    this.problems = List.of(problem);
  }

  public List<String> problems() {
    return problems;
  }
}
