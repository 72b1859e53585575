package dev.core.orchestrator.compute.cloud.publish;

import dev.core.orchestrator.compute.cloud.AwsTrouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** One repository of Amazon ECR. Used by one thread. */
final class Registry {

  private final EcrClient client;
  private final String repository;

  Registry(EcrClient client, String repository) {
    this.client = client;
    this.repository = repository;
  }

  /** What its images' names begin with; empty if there is no such repository. */
  Optional<String> address() {
    try {
      return client
          .describeRepositories(request -> request.repositoryNames(repository))
          .repositories()
          .stream()
          .map(each -> each.repositoryUri())
          .findFirst();
    } catch (RepositoryNotFoundException _) {
      return Optional.empty();
    }
  }

  /** The digest of the image with this tag. */
  Optional<String> digest(String tag) {
    try {
      return client
          .describeImages(
              request -> request.repositoryName(repository).imageIds(id -> id.imageTag(tag)))
          .imageDetails()
          .stream()
          .map(ImageDetail::imageDigest)
          .findFirst();
    } catch (ImageNotFoundException _) {
      return Optional.empty();
    }
  }

  /** Removes a tag; an image goes with its last one. */
  void remove(String tag) {
    var failures =
        client
            .batchDeleteImage(request ->
                request
                    .repositoryName(repository)
                    .imageIds(ImageIdentifier.builder().imageTag(tag).build()))
            .failures();
    if (!failures.isEmpty()) {
      throw new PublishingRefused(
          failures.stream()
              .map(each ->
                  "image %s:%s is not removed: %s".formatted(repository, tag, each.failureReason()))
              .toList());
    }
  }

  /**
   * Pushes images of this machine, logged in for as long as it takes: what docker keeps of a login
   * is removed again.
   *
   * @param images whole names, in this repository
   */
  void push(Program docker, String address, List<String> images) throws InterruptedException {
    String token;
    try {
      token =
          client.getAuthorizationToken(_ -> {}).authorizationData().getFirst().authorizationToken();
    } catch (SdkException e) {
      throw new PublishingRefused(
          "Amazon ECR gives no login: "
              + AwsTrouble.text(e)
              + "; the policy PublisherPolicy of docs/aws/core.yaml allows it",
          e);
    }
    String[] login =
        new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8).split(":", 2);
    // The engine in use is part of docker's configuration, which the login below replaces.
    String engine = docker.answer("context", "inspect", "--format", "{{.Endpoints.docker.Host}}");
    var here = docker.with(Map.of("DOCKER_HOST", engine));
    Path configuration = temporary();
    try {
      String place = configuration.toString();
      here.runWith(
          login[1],
          "--config",
          place,
          "login",
          "--username",
          login[0],
          "--password-stdin",
          address.substring(0, address.indexOf('/')));
      for (String image : images) {
        here.run("--config", place, "push", image);
      }
    } finally {
      remove(configuration);
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("core-publish");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path each : new ArrayList<>(files.sorted(Comparator.reverseOrder()).toList())) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the login to the registry is left in " + folder, e);
    }
  }
}
