package dev.core.orchestrator.compute.cloud.publish;

import dev.core.common.settings.Environment;
import dev.core.common.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published, and as what.
 *
 * @param environment of the installation
 * @param branch that an installation of dev is of
 * @param repository of Amazon ECR
 * @param definition name of the job definition that runs the image
 * @param account that the credentials must be of; null: any
 * @param sources a clone, with {@code dockerfiles/core.dockerfile}
 * @param docker program that builds and pushes, by name or path
 */
public record PublishOptions(
    Environment environment,
    String branch,
    String repository,
    String definition,
    @Nullable String account,
    Path sources,
    String docker) {

  private static final String MAIN = "main";

  /** As the settings say, with the {@code docker} of the path. */
  public static PublishOptions of(Settings settings, Path sources) {
    var batch = settings.batch();
    return new PublishOptions(
        settings.environment(),
        settings.branch(),
        batch.repository(),
        batch.definition(),
        batch.account(),
        sources.toAbsolutePath().normalize(),
        "docker");
  }

  /** The same with another program for docker. */
  public PublishOptions docker(String program) {
    return new PublishOptions(
        environment, branch, repository, definition, account, sources, program);
  }

  /** Whether it is of a developer's branch, beside what everybody uses. */
  boolean isOfBranch() {
    return environment == Environment.DEV && !branch.equals(MAIN);
  }

  /** Moves to the newest image; those of branches begin so that they are never one of a version. */
  String tag() {
    return isOfBranch() ? "branch-" + branch : environment.text();
  }

  /** Definitions that a new revision is made after: the first of them that there is. */
  List<String> likenesses() {
    String ofEverybody = "core_" + environment.text();
    return isOfBranch() ? List.of(ofEverybody, definition) : List.of(definition, ofEverybody);
  }
}
