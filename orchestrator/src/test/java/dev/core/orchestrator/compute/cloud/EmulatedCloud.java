package dev.core.orchestrator.compute.cloud;

import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.Containers;
import dev.core.emulator.batch.ProcessContainers;
import dev.core.orchestrator.compute.ComputeBackend;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.batch.model.KeyValuePair;
import software.amazon.awssdk.services.sqs.SqsClientBuilder;

/**
 * An emulated account with a queue and a job definition, and backends that talk to it over the
 * wire.
 */
public final class EmulatedCloud implements AutoCloseable {

  public static final String QUEUE = "dev-core";
  static final String DEFINITION = "core_dev";

  private final AwsEmulator aws;
  private final AwsClients clients;

  public EmulatedCloud(AwsEmulator.Options options, Containers containers, int slots) {
    this(AwsEmulator.start(options, containers), slots);
  }

  /**
   * @param slots how many jobs run at once
   */
  public EmulatedCloud(AwsEmulator aws, int slots) {
    this.aws = aws;
    aws.batch().queue(QUEUE, slots, false, false);
    clients = clients(aws.url());
  }

  public AwsEmulator aws() {
    return aws;
  }

  /** Publishes a revision that runs the image of CORE with this environment. */
  public void publish(Map<String, String> environment) {
    var variables = new ArrayList<KeyValuePair>();
    environment.forEach(
        (name, value) -> variables.add(KeyValuePair.builder().name(name).value(value).build()));
    clients
        .batch()
        .registerJobDefinition(request ->
            request
                .jobDefinitionName(DEFINITION)
                .type("container")
                .containerProperties(container ->
                    container
                        .image("core:1")
                        .environment(variables)
                        .resourceRequirements(
                            each -> each.type("VCPU").value("1"),
                            each -> each.type("MEMORY").value("512"))));
  }

  CloudBackend backend() {
    return CloudBackend.open(options(50, null), clients(aws.url()));
  }

  /**
   * @param submitRate SubmitJob calls a second
   * @param eventsQueue URL of a queue of state changes; null: none
   */
  public ComputeBackend backend(int submitRate, @Nullable URI eventsQueue) {
    return CloudBackend.open(
        options(submitRate, eventsQueue == null ? null : eventsQueue.toString()),
        AwsClients.open(builder -> {
          configure(builder);
          var endpoint =
              builder instanceof SqsClientBuilder && eventsQueue != null
                  ? eventsQueue.resolve("/")
                  : aws.url();
          builder.endpointOverride(endpoint);
        }));
  }

  private static CloudOptions options(int submitRate, @Nullable String eventsQueue) {
    return new CloudOptions(
        QUEUE, DEFINITION, submitRate, eventsQueue, AwsEmulator.ACCOUNT, Duration.ofSeconds(2));
  }

  static AwsClients clients(URI endpoint) {
    return AwsClients.open(builder -> {
      configure(builder);
      builder.endpointOverride(endpoint);
    });
  }

  private static void configure(AwsClientBuilder<?, ?> builder) {
    builder
        .region(Region.of(AwsEmulator.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("emulated", "emulated")));
  }

  /** Jobs as processes: {@code corebot} is started from the class path of the tests. */
  public static ProcessContainers processes(Path directory) {
    return new ProcessContainers(
        Map.of(
            "corebot",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.core.worker.Corebot")),
        directory);
  }

  @Override
  public void close() {
    clients.close();
    aws.close();
  }
}
