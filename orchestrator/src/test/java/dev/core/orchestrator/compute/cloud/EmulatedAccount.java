package dev.core.orchestrator.compute.cloud;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.core.emulator.AwsEmulator;
import dev.core.emulator.batch.EventQueue;
import dev.core.emulator.servers.ObjectServer;
import dev.core.emulator.servers.QueueServer;
import dev.core.migrations.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that an installation in cloud mode uses: Batch that runs {@code corebot} as processes of this
 * machine, a bucket, a queue of events, and a Postgres whose logins are secrets. It is of the JVM
 * of the test, so it survives whatever is killed.
 */
public final class EmulatedAccount implements AutoCloseable {

  private static final String BUCKET = "core-datasets";
  private static final String SECRET = "dev/database/configuration_application/";

  private final EmulatedCloud cloud;
  private final ObjectServer objects;
  private final @Nullable QueueServer queues;
  private final Map<String, String> environment;

  /**
   * @param folder of jobs and of the bucket
   * @param slots how many jobs run at once
   * @param events whether jobs' changes of state are sent to a queue
   */
  public EmulatedAccount(Path folder, TestDatabase postgres, int slots, boolean events)
      throws IOException {
    cloud = new EmulatedCloud(AwsEmulator.Options.brief(), EmulatedCloud.processes(folder), slots);
    Files.createDirectories(folder.resolve("objects").resolve(BUCKET));
    objects = ObjectServer.start(folder.resolve("objects"), 0);
    environment = new TreeMap<>(cloud.aws().environment());
    environment.put("AWS_ENDPOINT_URL_S3", objects.url().toString());
    environment.put("CORE_ENV", "dev");
    environment.put("CORE_MODE", "cloud");
    environment.put("CORE_AWS_ACCOUNT", AwsEmulator.ACCOUNT);
    environment.put("CORE_DATASETS_ROOT", "s3://" + BUCKET);
    queues = events ? events(cloud.aws(), environment) : null;
    login(postgres, "write", postgres.user(), postgres.password(), null);
    login(postgres, "worker", postgres.user(), postgres.password(), "corebot");
  }

  private static QueueServer events(AwsEmulator aws, Map<String, String> environment) {
    var queues = QueueServer.start(0);
    URI url = queues.create("events");
    aws.batch().onEvent(new EventQueue(aws.time(), aws.faults(), queues.url(), url.toString()));
    environment.put("AWS_ENDPOINT_URL_SQS", queues.url().toString());
    environment.put("CORE_BATCH_EVENTS_QUEUE", url.toString());
    return queues;
  }

  /**
   * Stores a login as a secret.
   *
   * @param mode {@code write} of the orchestrator, {@code worker} of corebot
   * @param role to take after the login; null: none
   */
  public void login(
      TestDatabase postgres, String mode, String user, String password, @Nullable String role) {
    // jdbc:postgresql://host:port/database?…
    URI url = URI.create(postgres.url().substring("jdbc:".length()));
    var login =
        JsonNodeFactory.instance
            .objectNode()
            .put("host", url.getHost())
            .put("port", url.getPort())
            .put("database", url.getPath().substring(1))
            .put("user", user)
            .put("password", password);
    if (role != null) {
      login.put("role", role);
    }
    cloud.aws().secrets().put(SECRET + mode, login.toString());
  }

  /** Publishes the job definition, with these settings beside what points to the account. */
  public void publish(Map<String, String> settings) {
    var variables = new TreeMap<>(environment);
    variables.putAll(settings);
    cloud.publish(variables);
  }

  /** What {@code core} needs to find it. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  public AwsEmulator aws() {
    return cloud.aws();
  }

  @Override
  public void close() {
    cloud.close();
    objects.close();
    if (queues != null) {
      queues.close();
    }
  }
}
