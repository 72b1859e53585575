package dev.core.emulator.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.emulator.wire.AwsError;
import dev.core.emulator.wire.Service;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Amazon ECR's {@code DescribeImages}: tags by repository. Thread-safe. */
public final class ImagesService implements Service {

  private final Set<String> images = ConcurrentHashMap.newKeySet();

  /** Adds an image. */
  public void put(String repository, String tag) {
    images.add(repository + ":" + tag);
  }

  @Override
  public String prefix() {
    return "ecr";
  }

  @Override
  public JsonNode call(String operation, JsonNode request) {
    if (!operation.equals("DescribeImages")) {
      throw new AwsError(400, "UnknownOperationException", operation);
    }
    String repository = request.path("repositoryName").asText();
    String tag = request.path("imageIds").path(0).path("imageTag").asText();
    if (!images.contains(repository + ":" + tag)) {
      throw new AwsError(
          400,
          "ImageNotFoundException",
          "The image with imageId {imageTag:'%s'} does not exist within the repository with name '%s'"
              .formatted(tag, repository));
    }
    var answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("imageDetails").addObject().put("repositoryName", repository);
    return answer;
  }
}
