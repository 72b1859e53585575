package dev.core.orchestrator.compute.cloud;

import dev.core.orchestrator.compute.Finding;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/** Whether the image of a job definition can be pulled, as far as Amazon ECR can tell. */
final class ImageCheck {

  /** Account, repository, and a tag or a digest. */
  private static final Pattern OF_ECR =
      Pattern.compile(
          "([0-9]{12})\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com(?:\\.cn)?/([^:@]+)(?::([^@]+))?(?:@(sha256:[0-9a-f]{64}))?");

  private final AwsClients clients;

  ImageCheck(AwsClients clients) {
    this.clients = clients;
  }

  Finding finding(JobDefinition definition) {
    String image = definition.containerProperties().image();
    Matcher parts = OF_ECR.matcher(image);
    if (!parts.matches()) {
      return Finding.unknown(
          "image", image + " is not in Amazon ECR; whether it is there is not known");
    }
    String repository = parts.group(2);
    String digest = parts.group(4);
    String tag = parts.group(3) == null ? "latest" : parts.group(3);
    return CloudExamination.asking(
        "image",
        () -> {
          try {
            clients
                .images()
                .describeImages(each ->
                    each.registryId(parts.group(1))
                        .repositoryName(repository)
                        .imageIds(id -> {
                          if (digest == null) {
                            id.imageTag(tag);
                          } else {
                            id.imageDigest(digest);
                          }
                        }));
            return Finding.good("image", image);
          } catch (ImageNotFoundException | RepositoryNotFoundException _) {
            return Finding.bad(
                "image",
                image + " is not in Amazon ECR: every job would fail at its start",
                "build and push it, or register the job definition with one that is there");
          }
        });
  }
}
