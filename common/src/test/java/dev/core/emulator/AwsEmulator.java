package dev.core.emulator;

import dev.core.emulator.batch.BatchService;
import dev.core.emulator.batch.Containers;
import dev.core.emulator.batch.Delays;
import dev.core.emulator.batch.EmulatedTime;
import dev.core.emulator.batch.SparseBatch;
import dev.core.emulator.identity.ImagesService;
import dev.core.emulator.identity.RolesService;
import dev.core.emulator.identity.StsService;
import dev.core.emulator.logs.LogsService;
import dev.core.emulator.secrets.SecretsService;
import dev.core.emulator.wire.Faults;
import dev.core.emulator.wire.Service;
import dev.core.emulator.wire.WireServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Batch, Secrets Manager, CloudWatch Logs and STS of one region of one account at one loopback
 * address. Thread-safe.
 */
public final class AwsEmulator implements AutoCloseable {

  public static final String REGION = "eu-central-1";
  public static final String ACCOUNT = "123456789012";

  /**
   * How it behaves.
   *
   * @param port 0: any free one
   * @param speed emulated seconds in one of the machine's
   * @param submitRate SubmitJob calls a second
   */
  public record Options(int port, double speed, Delays delays, int submitRate, long seed) {

    /** Quick, at real speed, with the limit of a real account. */
    public static Options brief() {
      return new Options(0, 1, Delays.brief(), 50, 1);
    }
  }

  private final Faults faults;
  private final EmulatedTime time;
  private final LogsService logs = new LogsService();
  private final ImagesService images = new ImagesService(REGION, ACCOUNT);
  private final RolesService roles = new RolesService(ACCOUNT);
  private final StsService identity = new StsService(ACCOUNT);
  private final SecretsService secrets = new SecretsService(REGION, ACCOUNT);
  private final BatchService batch;
  private final WireServer server;

  private AwsEmulator(Options options, Containers containers, UnaryOperator<Service> dialect)
      throws IOException {
    faults = new Faults(options.seed());
    time = new EmulatedTime(options.speed());
    logs.group("/aws/batch/job");
    batch =
        new BatchService(
            REGION,
            ACCOUNT,
            time,
            options.delays(),
            options.submitRate(),
            containers,
            logs,
            secrets,
            faults);
    server =
        new WireServer(
            options.port(),
            dialect.apply(batch),
            Map.of(
                "secretsmanager",
                secrets,
                "Logs_20140328",
                logs,
                "AmazonEC2ContainerRegistry_V20150921",
                images),
            form -> (form.contains("Action=GetRole") ? roles : identity).call(form),
            faults);
  }

  public static AwsEmulator start(Options options, Containers containers) {
    return start(options, containers, UnaryOperator.identity());
  }

  /** One whose Batch says as little as those of third parties. */
  public static AwsEmulator startSparse(Options options, Containers containers) {
    return start(options, containers, SparseBatch::new);
  }

  private static AwsEmulator start(
      Options options, Containers containers, UnaryOperator<Service> dialect) {
    try {
      return new AwsEmulator(options, containers, dialect);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For {@code AWS_ENDPOINT_URL_BATCH} and its like. */
  public URI url() {
    return server.url();
  }

  /** What a program's environment must hold to talk to this. */
  public Map<String, String> environment() {
    String url = url().toString();
    return Map.ofEntries(
        Map.entry("AWS_ENDPOINT_URL_BATCH", url),
        Map.entry("AWS_ENDPOINT_URL_SECRETS_MANAGER", url),
        Map.entry("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", url),
        Map.entry("AWS_ENDPOINT_URL_STS", url),
        Map.entry("AWS_ENDPOINT_URL_ECR", url),
        Map.entry("AWS_ENDPOINT_URL_IAM", url),
        Map.entry("AWS_REGION", REGION),
        Map.entry("AWS_ACCESS_KEY_ID", "emulated"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "emulated"),
        Map.entry("AWS_EC2_METADATA_DISABLED", "true"));
  }

  public BatchService batch() {
    return batch;
  }

  public SecretsService secrets() {
    return secrets;
  }

  public ImagesService images() {
    return images;
  }

  public RolesService roles() {
    return roles;
  }

  public LogsService logs() {
    return logs;
  }

  public Faults faults() {
    return faults;
  }

  public EmulatedTime time() {
    return time;
  }

  @Override
  public void close() {
    server.close();
    time.close();
  }
}
