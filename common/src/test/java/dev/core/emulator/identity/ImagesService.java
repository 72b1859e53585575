package dev.core.emulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Service;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Amazon ECR: repositories with tags, each of a digest. The images themselves are not kept.
 * Thread-safe.
 */
public final class ImagesService implements Service {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String account;
  private volatile String host;

  /** Digests by tag, by repository. */
  private final Map<String, Map<String, String>> repositories = new TreeMap<>();

  public ImagesService(String region, String account) {
    this.account = account;
    this.host = "%s.dkr.ecr.%s.amazonaws.com".formatted(account, region);
  }

  /** From now on its images are at another registry, such as {@code 127.0.0.1:5000}. */
  public void at(String registry) {
    host = registry;
  }

  /** Creates the repository, if it is missing. */
  public synchronized void repository(String name) {
    repositories.computeIfAbsent(name, _ -> new TreeMap<>());
  }

  /** Adds an image, with its repository. */
  public synchronized void put(String repository, String tag) {
    repository(repository);
    tagged(repository).put(tag, digest(repository + ":" + tag));
  }

  /** What its images' names begin with. */
  public String address(String repository) {
    return host + "/" + repository;
  }

  public synchronized Set<String> tags(String repository) {
    return new TreeSet<>(tagged(repository).keySet());
  }

  /** Of what a push of this text as manifest makes. */
  public static String digest(String manifest) {
    try {
      var sha =
          MessageDigest.getInstance("SHA-256").digest(manifest.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(sha);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String prefix() {
    return "ecr";
  }

  @Override
  public synchronized JsonNode call(String operation, JsonNode request) {
    return switch (operation) {
      case "DescribeRepositories" -> describe(request.path("repositoryNames").path(0).asText());
      case "DescribeImages" -> images(request);
      case "PutImage" -> putImage(request);
      case "BatchDeleteImage" -> delete(request);
      case "GetAuthorizationToken" -> token();
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    };
  }

  private JsonNode describe(String name) {
    var _ = tagged(name);
    var answer = JSON.objectNode();
    answer
        .putArray("repositories")
        .addObject()
        .put("repositoryName", name)
        .put("repositoryUri", address(name))
        .put("registryId", account);
    return answer;
  }

  private JsonNode images(JsonNode request) {
    String repository = request.path("repositoryName").asText();
    JsonNode wanted = request.path("imageIds").path(0);
    var found = find(repository, wanted);
    if (found.isEmpty()) {
      throw new AwsError(
          400,
          "ImageNotFoundException",
          "The image with imageId %s does not exist within the repository with name '%s'"
              .formatted(wanted, repository));
    }
    var answer = JSON.objectNode();
    var image = answer.putArray("imageDetails").addObject();
    image.put("repositoryName", repository).put("imageDigest", found.get());
    var tags = image.putArray("imageTags");
    tagged(repository)
        .forEach((tag, digest) -> {
          if (digest.equals(found.get())) {
            tags.add(tag);
          }
        });
    return answer;
  }

  private Optional<String> find(String repository, JsonNode wanted) {
    var tagged = tagged(repository);
    String digest = wanted.path("imageDigest").asText("");
    return digest.isEmpty()
        ? Optional.ofNullable(tagged.get(wanted.path("imageTag").asText()))
        : tagged.values().stream().filter(digest::equals).findFirst();
  }

  private JsonNode putImage(JsonNode request) {
    String digest = digest(request.path("imageManifest").asText());
    tagged(request.path("repositoryName").asText()).put(request.path("imageTag").asText(), digest);
    var answer = JSON.objectNode();
    answer.putObject("image").putObject("imageId").put("imageDigest", digest);
    return answer;
  }

  private JsonNode delete(JsonNode request) {
    var tagged = tagged(request.path("repositoryName").asText());
    ObjectNode answer = JSON.objectNode();
    var gone = answer.putArray("imageIds");
    var failures = answer.putArray("failures");
    for (JsonNode id : request.path("imageIds")) {
      String tag = id.path("imageTag").asText();
      if (tagged.remove(tag) == null) {
        failures
            .addObject()
            .put("failureCode", "ImageNotFound")
            .put("failureReason", "Requested image not found")
            .set("imageId", id);
      } else {
        gone.addObject().put("imageTag", tag);
      }
    }
    return answer;
  }

  private JsonNode token() {
    var answer = JSON.objectNode();
    answer
        .putArray("authorizationData")
        .addObject()
        .put(
            "authorizationToken",
            Base64.getEncoder()
                .encodeToString("AWS:password-of-registry".getBytes(StandardCharsets.UTF_8)))
        .put("proxyEndpoint", "https://" + host);
    return answer;
  }

  private Map<String, String> tagged(String repository) {
    var tagged = repositories.get(repository);
    if (tagged == null) {
      throw new AwsError(
          400,
          "RepositoryNotFoundException",
          "The repository with name '%s' does not exist in the registry with id '%s'"
              .formatted(repository, account));
    }
    return tagged;
  }
}
