package dev.core.orchestrator.compute.cloud.publish;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;

/** Job definitions by name. Used by one thread. */
final class Definitions {

  private final BatchClient client;

  Definitions(BatchClient client) {
    this.client = client;
  }

  /** The newest active revision. */
  Optional<JobDefinition> newest(String name) {
    return client
        .describeJobDefinitionsPaginator(
            request -> request.jobDefinitionName(name).status("ACTIVE"))
        .jobDefinitions()
        .stream()
        .max(Comparator.comparingInt(JobDefinition::revision));
  }

  /** The newest active revision of the first of these names that has one. */
  Optional<JobDefinition> firstOf(List<String> names) {
    return names.stream().flatMap(name -> newest(name).stream()).findFirst();
  }

  /** A definition as a request for one like it, with another name and image. */
  static RegisterJobDefinitionRequest like(JobDefinition likeness, String name, String image) {
    return RegisterJobDefinitionRequest.builder()
        .jobDefinitionName(name)
        .type(likeness.type())
        .platformCapabilities(likeness.platformCapabilities())
        .containerProperties(likeness.containerProperties().toBuilder().image(image).build())
        .parameters(likeness.parameters())
        .retryStrategy(likeness.retryStrategy())
        .timeout(likeness.timeout())
        .schedulingPriority(likeness.schedulingPriority())
        .propagateTags(likeness.propagateTags())
        .build();
  }

  /** Name and number of the new revision. */
  String register(RegisterJobDefinitionRequest definition) {
    var registered = client.registerJobDefinition(definition);
    return registered.jobDefinitionName() + ":" + registered.revision();
  }

  /** Active revisions of the name, and of those that were made after it for other images. */
  List<JobDefinition> ofBranch(String name) {
    int room = 128 - 1 - 16;
    var ours =
        Pattern.compile(
            Pattern.quote(name)
                + "|"
                + Pattern.quote(name.substring(0, Math.min(name.length(), room)))
                + "_[0-9a-f]{16}");
    return client
        .describeJobDefinitionsPaginator(request -> request.status("ACTIVE"))
        .jobDefinitions()
        .stream()
        .filter(each -> ours.matcher(each.jobDefinitionName()).matches())
        .sorted(
            Comparator.comparing(JobDefinition::jobDefinitionName)
                .thenComparing(JobDefinition::revision))
        .toList();
  }

  void deregister(JobDefinition definition) {
    var _ =
        client.deregisterJobDefinition(
            request -> request.jobDefinition(definition.jobDefinitionArn()));
  }
}
