package dev.core.orchestrator.compute.cloud.publish;

import dev.core.common.settings.Environment;
import dev.core.orchestrator.compute.cloud.AccountGuard;
import dev.core.orchestrator.compute.cloud.AwsClients;
import dev.core.orchestrator.compute.cloud.AwsTrouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.model.JobDefinition;

/**
 * Builds the image of CORE, pushes it to Amazon ECR, and has the installation's job definition run
 * it. Every step bears being repeated: what is pushed again is the same image, and a revision that
 * runs it already is kept. Used by one thread.
 */
public final class Publisher implements AutoCloseable {

  private static final Path DOCKERFILE = Path.of("dockerfiles", "core.dockerfile");

  private final PublishOptions options;
  private final AwsClients clients;
  private final Program docker;
  private final Program git;
  private final Registry registry;
  private final Definitions definitions;

  Publisher(PublishOptions options, AwsClients clients, Consumer<String> lines) {
    this.options = options;
    this.clients = clients;
    // Without it older clients take the old builder, which cannot read our dockerfile.
    this.docker =
        new Program(options.docker(), options.sources(), Map.of("DOCKER_BUILDKIT", "1"), lines);
    this.git = new Program("git", options.sources(), Map.of(), lines);
    this.registry = new Registry(clients.images(), options.repository());
    this.definitions = new Definitions(clients.batch());
  }

  /**
   * Region, credentials and endpoints are found as the AWS SDK finds them.
   *
   * @param lines takes what docker says
   */
  public static Publisher open(PublishOptions options, Consumer<String> lines) {
    return new Publisher(options, AwsClients.open(_ -> {}), lines);
  }

  /**
   * Looks at everything that publishing needs, and changes nothing.
   *
   * @param image of this machine to be pushed; null: one is built
   * @param version that the image is tagged with in uat and prod
   * @param again whether a version that is there may be replaced
   * @throws PublishingRefused with everything that stands in its way
   */
  public PublishPlan plan(@Nullable String image, @Nullable String version, boolean again)
      throws InterruptedException {
    var problems = new ArrayList<String>();
    String account = account();
    String address = address(problems);
    JobDefinition likeness = likeness(problems);
    var tags = new ArrayList<>(List.of(options.tag()));
    if (options.environment() != Environment.DEV) {
      if (version == null) {
        problems.add(
            "this program does not know its version, which %s tags images with: run one that was built, not class files"
                .formatted(options.environment().text()));
      } else {
        tags.add(version);
        versionIsFree(version, again, address, problems);
      }
    }
    engine(image, problems);
    var warnings = new ArrayList<String>();
    String commit = commit(image, problems, warnings);
    if (options.account() == null) {
      warnings.add("CORE_AWS_ACCOUNT is not set: whatever account the credentials are of is taken");
    }
    if (!problems.isEmpty()) {
      throw new PublishingRefused(problems);
    }
    return new PublishPlan(
        account, image, address, tags, options.definition(), platform(likeness), commit, warnings);
  }

  private String account() {
    AccountGuard.check(clients.identity(), options.account());
    return clients.identity().getCallerIdentity().account();
  }

  private String address(List<String> problems) {
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

  private @Nullable JobDefinition likeness(List<String> problems) {
    try {
      var found = likeness();
      if (found.isEmpty()) {
        problems.add(
            "there is no active job definition '%s' to make one after: docs/aws/core.yaml makes it"
                .formatted(options.likenesses().getLast()));
      }
      return found.orElse(null);
    } catch (SdkException e) {
      problems.add("AWS Batch cannot be asked: " + AwsTrouble.text(e));
      return null;
    }
  }

  private Optional<JobDefinition> likeness() {
    return options.likenesses().stream()
        .flatMap(name -> definitions.newest(name).stream())
        .findFirst();
  }

  private void versionIsFree(String version, boolean again, String address, List<String> problems) {
    if (again || address.isEmpty()) {
      return;
    }
    registry
        .digest(version)
        .ifPresent(digest ->
            problems.add(
                "version %s is published already, as %s: raise the version, or replace it with --again"
                    .formatted(version, digest)));
  }

  private void engine(@Nullable String image, List<String> problems) throws InterruptedException {
    try {
      var _ = docker.answer("version", "--format", "{{.Server.Version}}");
      if (image != null) {
        var _ = docker.answer("image", "inspect", "--format", "{{.Id}}", image);
      }
    } catch (Program.Failed e) {
      problems.add(e.getMessage() + " (a Docker engine with BuildKit is needed)");
    }
    if (image == null && !Files.exists(options.sources().resolve(DOCKERFILE))) {
      problems.add(
          "there is no %s in %s: publish from a clone of CORE, or an image that is built with --image"
              .formatted(DOCKERFILE, options.sources()));
    }
  }

  /** What prod runs must be found again in the repository of sources. */
  private String commit(@Nullable String image, List<String> problems, List<String> warnings)
      throws InterruptedException {
    if (image != null) {
      return "";
    }
    try {
      String commit = git.answer("rev-parse", "HEAD");
      long changes = git.answer("status", "--porcelain").lines().count();
      if (changes > 0) {
        String what =
            "the clone has %d uncommitted %s"
                .formatted(changes, changes == 1 ? "change" : "changes");
        (options.environment() == Environment.PROD ? problems : warnings)
            .add(what + ", and the image would be of no commit: commit or stash first");
      }
      return commit;
    } catch (Program.Failed e) {
      (options.environment() == Environment.PROD ? problems : warnings)
          .add("what commit the sources are of is not known: " + e.getMessage());
      return "";
    }
  }

  private static String platform(@Nullable JobDefinition likeness) {
    var runtime = likeness == null ? null : likeness.containerProperties().runtimePlatform();
    return runtime != null && "ARM64".equals(runtime.cpuArchitecture())
        ? "linux/arm64"
        : "linux/amd64";
  }

  /**
   * Does what the plan says.
   *
   * @throws PublishingRefused if a step fails, with what docker or AWS says
   */
  public Published publish(PublishPlan plan) throws InterruptedException {
    try {
      var names = plan.tags().stream().map(tag -> plan.address() + ":" + tag).toList();
      if (plan.image() == null) {
        build(plan, names.getFirst());
      } else {
        docker.run("tag", plan.image(), names.getFirst());
      }
      for (String name : names.subList(1, names.size())) {
        docker.run("tag", names.getFirst(), name);
      }
      // The version comes last: as long as it is not there, everything may be done again.
      registry.push(docker, plan.address(), names.subList(0, 1));
      String image = plan.address() + "@" + pushed(plan.tags().getFirst());
      var published = register(plan, image);
      if (names.size() > 1) {
        registry.push(docker, plan.address(), names.subList(1, names.size()));
      }
      return published;
    } catch (Program.Failed e) {
      throw new PublishingRefused(String.valueOf(e.getMessage()), e);
    } catch (SdkException e) {
      throw new PublishingRefused(AwsTrouble.text(e), e);
    }
  }

  private void build(PublishPlan plan, String name) throws InterruptedException {
    docker.run(
        "build",
        "--file",
        DOCKERFILE.toString(),
        "--platform",
        plan.platform(),
        "--label",
        "org.opencontainers.image.revision=" + plan.commit(),
        "--tag",
        name,
        ".");
  }

  private String pushed(String tag) {
    return registry
        .digest(tag)
        .orElseThrow(() ->
            new PublishingRefused(
                List.of("docker pushed %s, and Amazon ECR does not have it".formatted(tag))));
  }

  private Published register(PublishPlan plan, String image) {
    var own = definitions.newest(plan.definition());
    JobDefinition likeness =
        likeness()
            .orElseThrow(() ->
                new PublishingRefused(
                    List.of("job definition '%s' is gone".formatted(plan.definition()))));
    var wanted = Definitions.like(likeness, plan.definition(), image);
    boolean same =
        own.isPresent()
            && Definitions.like(
                    own.get(), plan.definition(), own.get().containerProperties().image())
                .equals(wanted);
    return new Published(
        image,
        plan.tags(),
        same ? plan.definition() + ":" + own.get().revision() : definitions.register(wanted),
        !same);
  }

  @Override
  public void close() {
    clients.close();
  }
}
