package dev.core.orchestrator.compute.cloud.publish;

import dev.core.common.settings.Environment;
import dev.core.orchestrator.compute.cloud.AwsTrouble;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.model.JobDefinition;

/**
 * Looks at everything that publishing needs, gathers all that stands in its way, and changes
 * nothing. For one plan.
 */
final class Preparation {

  private final PublishOptions options;
  private final Registry registry;
  private final Definitions definitions;
  private final Program docker;
  private final Program git;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  Preparation(
      PublishOptions options,
      Registry registry,
      Definitions definitions,
      Program docker,
      Program git) {
    this.options = options;
    this.registry = registry;
    this.definitions = definitions;
    this.docker = docker;
    this.git = git;
  }

  /**
   * As {@link Publisher#plan}.
   *
   * @param account of the credentials
   */
  PublishPlan plan(String account, @Nullable String image, @Nullable String version, boolean again)
      throws InterruptedException {
    String address = address();
    JobDefinition likeness = likeness();
    var tags = new ArrayList<>(List.of(options.tag()));
    if (options.environment() != Environment.DEV) {
      if (version == null) {
        problems.add(
            "this program does not know its version, which %s tags images with: run one that was built, not class files"
                .formatted(options.environment().text()));
      } else {
        tags.add(version);
        if (!again && !address.isEmpty()) {
          requireFree(version);
        }
      }
    }
    requireEngine(image);
    String commit = image == null ? commit() : "";
    if (options.account() == null) {
      warnings.add("CORE_AWS_ACCOUNT is not set: whatever account the credentials are of is taken");
    }
    if (!problems.isEmpty()) {
      throw new PublishingRefused(problems);
    }
    return new PublishPlan(
        account, image, address, tags, options.definition(), platform(likeness), commit, warnings);
  }

  private String address() {
    try {
      var address = registry.address();
      if (address.isEmpty()) {
        problems.add(
            "there is no repository '%s' in Amazon ECR: docs/aws/core.yaml makes it, or name another in CORE_IMAGE_REPOSITORY"
                .formatted(options.repository()));
      }
      return address.orElse("");
    } catch (SdkException e) {
      problems.add("Amazon ECR cannot be asked: " + AwsTrouble.text(e));
      return "";
    }
  }

  private @Nullable JobDefinition likeness() {
    try {
      var found = definitions.firstOf(options.likenesses());
      if (found.isEmpty()) {
        problems.add(
            "there is no active job definition '%s' to make one after: docs/aws/core.yaml makes it"
                .formatted(
                    String.join("' or '", options.likenesses().stream().distinct().toList())));
      }
      return found.orElse(null);
    } catch (SdkException e) {
      problems.add("AWS Batch cannot be asked: " + AwsTrouble.text(e));
      return null;
    }
  }

  private void requireFree(String version) {
    try {
      registry
          .digest(version)
          .ifPresent(digest ->
              problems.add(
                  "version %s is published already, as %s: raise the version, or replace it with --again"
                      .formatted(version, digest)));
    } catch (SdkException e) {
      problems.add("Amazon ECR does not tell of version " + version + ": " + AwsTrouble.text(e));
    }
  }

  private void requireEngine(@Nullable String image) throws InterruptedException {
    try {
      var _ = docker.answer("version", "--format", "{{.Server.Version}}");
      if (image != null) {
        var _ = docker.answer("image", "inspect", "--format", "{{.Id}}", image);
      }
    } catch (Program.Failed e) {
      problems.add(e.getMessage() + " (a Docker engine with BuildKit is needed)");
    }
    if (image == null && !Files.exists(options.sources().resolve(Publisher.DOCKERFILE))) {
      problems.add(
          "there is no %s in %s: publish from a clone of CORE, or an image that is built with --image"
              .formatted(Publisher.DOCKERFILE, options.sources()));
    }
  }

  /** What prod runs must be found again in the repository of sources. */
  private String commit() throws InterruptedException {
    var doubts = options.environment() == Environment.PROD ? problems : warnings;
    try {
      String commit = git.answer("rev-parse", "HEAD");
      long changes = git.answer("status", "--porcelain").lines().count();
      if (changes > 0) {
        doubts.add(
            "the clone has %d uncommitted %s, and the image would be of no commit: commit or stash first"
                .formatted(changes, changes == 1 ? "change" : "changes"));
      }
      return commit;
    } catch (Program.Failed e) {
      doubts.add("what commit the sources are of is not known: " + e.getMessage());
      return "";
    }
  }

  private static String platform(@Nullable JobDefinition likeness) {
    var runtime = likeness == null ? null : likeness.containerProperties().runtimePlatform();
    return runtime != null && "ARM64".equals(runtime.cpuArchitecture())
        ? "linux/arm64"
        : "linux/amd64";
  }
}
