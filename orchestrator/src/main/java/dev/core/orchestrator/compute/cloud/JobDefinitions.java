package dev.core.orchestrator.compute.cloud;

import dev.core.common.definition.PipelineDefinition;
import dev.core.orchestrator.compute.ComputeBackend.BackendUnavailable;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
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
 * publish}; for an image of a template, or a job queue of the other platform, one is made after its
 * likeness, under a name that carries a digest of the content, so that equal ones are reused.
 * Answers come from memory and are refreshed in the background: the leader must not wait for AWS.
 * Thread-safe.
 */
final class JobDefinitions {

  private static final Logger LOG = LoggerFactory.getLogger(JobDefinitions.class);

  /** How long a revision is used before a newer one is looked for. */
  private static final long FRESH_NANOS = 30_000_000_000L;

  /** How long Batch may take until SubmitJob knows a revision. */
  private static final long SETTLED_NANOS = 60_000_000_000L;

  /**
   * What is wanted.
   *
   * @param image null: that of CORE itself
   * @param platform null: that of CORE's own
   */
  private record Wanted(@Nullable String image, @Nullable Platform platform) {
    @Override
    public String toString() {
      return (image == null ? "the image of CORE" : image)
          + (platform == null ? "" : " on " + platform);
    }
  }

  private record Known(JobDefinition definition, long askedAt) {
    String revision() {
      return definition.jobDefinitionName() + ":" + definition.revision();
    }
  }

  private final BatchClient client;
  private final String name;
  private final Executor threads;
  private final LongSupplier nanos;
  private final Map<Wanted, Known> known = new ConcurrentHashMap<>();
  private final Map<Wanted, String> failures = new ConcurrentHashMap<>();
  private final Map<String, Long> registered = new ConcurrentHashMap<>();
  private final Set<Wanted> asking = ConcurrentHashMap.newKeySet();

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
   * @param platform that it must be for; null: whichever CORE's own is for
   * @throws BackendUnavailable while it is not known
   */
  String revision(@Nullable String image, @Nullable Platform platform) {
    var key = new Wanted(image, platform);
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

  /** Whether this process registered it so lately that Batch may not know it everywhere. */
  boolean isFresh(String revision) {
    Long at = registered.get(revision);
    return at != null && nanos.getAsLong() - at < SETTLED_NANOS;
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

  private void refresh(Wanted key) {
    if (!asking.add(key)) {
      return;
    }
    threads.execute(() -> {
      try {
        JobDefinition definition = find(key);
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

  private void failed(Wanted key, String why) {
    String before = failures.put(key, why);
    if (!why.equals(before)) {
      LOG.warn("no job definition for {}: {}", key, why);
    }
  }

  private JobDefinition own() {
    return newest(name)
        .orElseThrow(() ->
            new BackendUnavailable(
                "there is no active job definition '" + name + "'; `core publish` registers it",
                null));
  }

  private JobDefinition find(Wanted what) {
    JobDefinition own = own();
    String image = what.image();
    Platform ofOwn = Platform.of(own);
    Platform platform = Objects.requireNonNullElse(what.platform(), ofOwn);
    if (image == null && platform == ofOwn) {
      return own;
    }
    var properties =
        platform == ofOwn ? own.containerProperties() : platform.fitting(own.containerProperties());
    RegisterJobDefinitionRequest wanted =
        RegisterJobDefinitionRequest.builder()
            .type(own.type())
            .platformCapabilitiesWithStrings(platform.capabilities())
            .containerProperties(
                image == null ? properties : properties.toBuilder().image(image).build())
            .parameters(own.parameters())
            .propagateTags(true)
            .tags(own.tags())
            .build();
    String digest = PipelineDefinition.sha256(wanted.toString()).substring(0, 16);
    String derived =
        name.substring(0, Math.min(name.length(), 128 - 1 - digest.length())) + "_" + digest;
    Optional<JobDefinition> existing = newest(derived);
    if (existing.isPresent()) {
      return existing.get();
    }
    int revision =
        client
            .registerJobDefinition(wanted.toBuilder().jobDefinitionName(derived).build())
            .revision();
    registered.put(derived + ":" + revision, nanos.getAsLong());
    LOG.info("registered job definition {} for {}", derived, what);
    return newest(derived)
        .orElseThrow(() ->
            new BackendUnavailable("job definition '" + derived + "' is not visible yet", null));
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
