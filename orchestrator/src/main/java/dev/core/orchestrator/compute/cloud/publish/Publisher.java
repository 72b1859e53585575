package dev.core.orchestrator.compute.cloud.publish;

import dev.core.orchestrator.compute.cloud.AccountGuard;
import dev.core.orchestrator.compute.cloud.AwsClients;
import dev.core.orchestrator.compute.cloud.AwsTrouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

  static final Path DOCKERFILE = Path.of("dockerfiles", "core.dockerfile");

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
   * @throws dev.core.orchestrator.compute.cloud.WrongAccount if the credentials are of another
   *     account
   * @throws dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable if there are none
   */
  public PublishPlan plan(@Nullable String image, @Nullable String version, boolean again)
      throws InterruptedException {
    return new Preparation(options, registry, definitions, docker, git)
        .plan(AccountGuard.account(clients.identity(), options.account()), image, version, again);
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
        definitions
            .firstOf(options.likenesses())
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
