package dev.core.orchestrator.compute.cloud;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.batch.BatchClient;
import software.amazon.awssdk.services.batch.model.JobDefinition;
import software.amazon.awssdk.services.batch.model.RegisterJobDefinitionRequest;

/**
 * Which revision of which job definition runs an image. The one of CORE is published by {@code core
 * publish}; for an image of a template, one is made after its likeness, under a name that carries a
 * digest of the content, so that equal ones are reused. Answers come from memory and are refreshed
 * in the background: the leader must not wait for AWS. Thread-safe.
 */
final class JobDefinitions {

  private static final Logger LOG = LoggerFactory.getLogger(JobDefinitions.class);

  /** How long a revision is used before a newer one is looked for. */
  private static final long FRESH_NANOS = 30_000_000_000L;

  /** The image of CORE itself. */
  private static final String OWN = "";

  private record Known(JobDefinition definition, long askedAt) {
    String revision() {
      return definition.jobDefinitionName() + ":" + definition.revision();
    }
  }

  private final BatchClient client;
  private final String name;
  private final Executor threads;
  private final LongSupplier nanos;
  private final Map<String, Known> known = new ConcurrentHashMap<>();
  private final Map<String, String> failures = new ConcurrentHashMap<>();
  private final Set<String> asking = ConcurrentHashMap.newKeySet();

  /**
   * @param name of the definition that runs the image of CORE
   * @param threads for calls in the background
   */
  JobDefinitions(BatchClient client, String name, Executor threads, LongSupplier nanos) {
    this.client = client;
    this.name = name;
    this.threads = threads;
    this.nanos = nanos;
  }

  /**
   * Name and revision, such as {@code core_dev:3}.
   *
   * @param image null: that of CORE
   * @throws BackendUnavailable while it is not known
   */
  String revision(@Nullable String image) {
    String key = image == null ? OWN : image;
    Known found = known.get(key);
    if (found == null || nanos.getAsLong() - found.askedAt() > FRESH_NANOS) {
      refresh(key);
    }
    if (found == null) {
      String failure = failures.get(key);
      throw new BackendUnavailable(
          failure == null ? "job definition '" + name + "' is being looked up" : failure, null);
    }
    return found.revision();
  }

  /** Where jobs of a revision write their log, as far as it is known. */
  Optional<String> logGroup(String definitionArn) {
    return known.values().stream()
        .map(Known::definition)
        .filter(each -> each.jobDefinitionArn().equals(definitionArn))
        .findFirst()
        .or(() ->
            client
                .describeJobDefinitions(request -> request.jobDefinitions(definitionArn))
                .jobDefinitions()
                .stream()
                .findFirst())
        .map(JobDefinition::containerProperties)
        .map(properties -> properties.logConfiguration())
        .map(logging -> logging.options().get("awslogs-group"));
  }

  private void refresh(String key) {
    if (!asking.add(key)) {
      return;
    }
    threads.execute(() -> {
      try {
        JobDefinition definition = key.equals(OWN) ? own() : forImage(key);
        known.put(key, new Known(definition, nanos.getAsLong()));
        failures.remove(key);
      } catch (SdkException e) {
        failed(key, AwsTrouble.text(e));
      } catch (BackendUnavailable e) {
        failed(key, String.valueOf(e.getMessage()));
      } finally {
        asking.remove(key);
      }
    });
  }

  private void failed(String key, String why) {
    String before = failures.put(key, why);
    if (!why.equals(before)) {
      LOG.warn("no job definition for {}: {}", key.equals(OWN) ? "the image of CORE" : key, why);
    }
  }

  private JobDefinition own() {
    return newest(name)
        .orElseThrow(() ->
            new BackendUnavailable(
                "there is no active job definition '" + name + "'; `core publish` registers it",
                null));
  }

  private JobDefinition forImage(String image) {
    JobDefinition own = own();
    RegisterJobDefinitionRequest wanted =
        RegisterJobDefinitionRequest.builder()
            .type(own.type())
            .platformCapabilities(own.platformCapabilities())
            .containerProperties(own.containerProperties().toBuilder().image(image).build())
            .parameters(own.parameters())
            .propagateTags(true)
            .tags(own.tags())
            .build();
    String digest = PipelineDefinition.sha256(wanted.toString()).substring(0, 16);
    String ofImage =
        name.substring(0, Math.min(name.length(), 128 - 1 - digest.length())) + "_" + digest;
    Optional<JobDefinition> existing = newest(ofImage);
    if (existing.isPresent()) {
      return existing.get();
    }
    client.registerJobDefinition(wanted.toBuilder().jobDefinitionName(ofImage).build());
    LOG.info("registered job definition {} for image {}", ofImage, image);
    return newest(ofImage)
        .orElseThrow(() ->
            new BackendUnavailable("job definition '" + ofImage + "' is not visible yet", null));
  }

  private Optional<JobDefinition> newest(String wanted) {
    return client
        .describeJobDefinitionsPaginator(
            request -> request.jobDefinitionName(wanted).status("ACTIVE"))
        .jobDefinitions()
        .stream()
        .max(Comparator.comparingInt(JobDefinition::revision));
  }
}
