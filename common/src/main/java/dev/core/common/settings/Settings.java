package dev.core.common.settings;

import dev.core.common.definition.Ec2Sizes;
import dev.core.common.definition.FargateSizes;
import dev.core.common.definition.SizeRule;
import dev.core.common.definition.SizesOfQueues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All settings of this process, read once and known to be valid. Immutable. Nothing else reads the
 * environment. Paths are absolute. {@link #toString} hides passwords.
 */
public final class Settings {
  private final EnumMap<Setting, String> values;
  private final Path directory;

  private Settings(EnumMap<Setting, String> values, Path directory) {
    this.values = values;
    this.directory = directory;
  }

  /**
   * From an environment and the {@code .env} of a directory; the environment wins.
   *
   * @param directory relative paths are relative to it
   * @throws SettingsProblem with every fault, if there is any
   */
  public static Settings load(Map<String, String> environment, Path directory) {
    var absolute = directory.toAbsolutePath().normalize();
    return new Settings(SettingsReader.read(environment, absolute), absolute);
  }

  /**
   * Where relative paths of settings begin and {@code .env} is sought: the system property {@code
   * core.directory}, by which the scripts name the clone from wherever they are called, else the
   * working directory.
   */
  public static Path startDirectory() {
    return Path.of(System.getProperty("core.directory", ""));
  }

  /**
   * From the environment of this process and its {@link #startDirectory}.
   *
   * @throws SettingsProblem with every fault, if there is any
   */
  public static Settings load() {
    return load(System.getenv(), startDirectory());
  }

  /** The working directory. */
  public Path directory() {
    return directory;
  }

  /** Which installation this is. */
  public Environment environment() {
    return Environment.valueOf(required(Setting.CORE_ENV).toUpperCase(Locale.ROOT));
  }

  /** Where attempts run. */
  public Mode mode() {
    return Mode.valueOf(required(Setting.CORE_MODE).toUpperCase(Locale.ROOT));
  }

  /** Folder of the embedded database, datasets, logs and scratch files; may not exist yet. */
  public Path home() {
    return path(required(Setting.CORE_HOME));
  }

  /** Whether this is where AWS is: an environment of its own, or jobs on Batch. */
  public boolean isInCloud() {
    return environment() != Environment.DEV || mode() == Mode.CLOUD;
  }

  /** Whether the login of the database is a secret, since no other one was named. */
  public boolean isDatabaseSecret() {
    return !isDatabaseConfigured() && isInCloud();
  }

  /** Connections that one process opens at most. */
  public int databasePoolSize() {
    return number(Setting.CORE_DATABASE_POOL_SIZE);
  }

  /** Whether a database was named, rather than the embedded default taken. */
  public boolean isDatabaseConfigured() {
    return values.containsKey(Setting.CORE_DATABASE_URL);
  }

  /** The database, for everybody but workers. */
  public DatabaseSettings database() {
    return database(
        optional(Setting.CORE_DATABASE_USER), optional(Setting.CORE_DATABASE_PASSWORD), null);
  }

  /**
   * The database for workers: with a login of their own, or on Postgres with the rights of the
   * ordinary one given up for those of a role.
   *
   * @param role such as {@code corebot}
   */
  public DatabaseSettings workerDatabase(String role) {
    var database = database();
    if (database.isEmbedded()) {
      return database;
    }
    return hasWorkerLogin()
        ? new DatabaseSettings(
            database.url(),
            required(Setting.CORE_WORKER_DATABASE_USER),
            optional(Setting.CORE_WORKER_DATABASE_PASSWORD),
            poolSize(),
            null)
        : database(database.user(), database.password(), role);
  }

  private boolean hasWorkerLogin() {
    return optional(Setting.CORE_WORKER_DATABASE_USER) != null;
  }

  /** A folder (absolute) or {@code s3://bucket…}. */
  public String datasetsRoot() {
    var root = optional(Setting.CORE_DATASETS_ROOT);
    return root == null
        ? home().resolve("datasets").toString()
        : root.startsWith("s3://") ? root : path(root).toString();
  }

  /** First folder of every dataset's path. */
  public String branch() {
    return required(Setting.CORE_BRANCH);
  }

  /** Attempts that run at once in local mode. */
  public int localSlots() {
    return optional(Setting.CORE_LOCAL_SLOTS) == null
        ? Math.max(2, Runtime.getRuntime().availableProcessors())
        : number(Setting.CORE_LOCAL_SLOTS);
  }

  /** What becomes of jobs in simulated mode. */
  public SimulationSettings simulation() {
    return new SimulationSettings(
        number(Setting.CORE_SIMULATED_SPEED),
        seconds(Setting.CORE_SIMULATED_SECONDS),
        number(Setting.CORE_SIMULATED_FAILURE_PERCENT),
        number(Setting.CORE_SIMULATED_SEED));
  }

  /** Folder of what simulated mode leaves; may not exist yet. */
  public Path simulatedHome() {
    return home().resolve("simulated");
  }

  /** Where simulated mode records runs: always embedded, never the database of real runs. */
  public DatabaseSettings simulatedDatabase() {
    return embedded(simulatedHome().resolve("database").resolve("core"));
  }

  public String httpAddress() {
    return required(Setting.CORE_HTTP_ADDRESS);
  }

  /** 0: any free one. */
  public int httpPort() {
    return number(Setting.CORE_HTTP_PORT);
  }

  public LoggingSettings logging() {
    return new LoggingSettings(
        required(Setting.CORE_LOG_LEVEL).toLowerCase(Locale.ROOT),
        required(Setting.CORE_LOG_FORMAT).equalsIgnoreCase("json"),
        optionalPath(Setting.CORE_LOG_FILE).orElse(null),
        new LoggingSettings.Rolling(
            number(Setting.CORE_LOG_FILE_MEGABYTES) * 1_000_000L,
            number(Setting.CORE_LOG_FILES),
            Duration.ofDays(number(Setting.CORE_LOG_DAYS))),
        optional(Setting.LOGSTASH_HOST),
        number(Setting.LOGSTASH_PORT));
  }

  /** Who edits and commands, for the record. */
  public String actor() {
    var actor = optional(Setting.CORE_ACTOR);
    return actor != null ? actor : System.getProperty("user.name", "unknown");
  }

  /** For how long a leader leads without renewing. */
  public Duration lease() {
    return seconds(Setting.CORE_LEASE_SECONDS);
  }

  /** Tasks of all runs together that are at the backend at once. */
  public int tasksAtOnce() {
    return number(Setting.CORE_TASKS_AT_ONCE);
  }

  /** The lease of workers on attempts. */
  public ClaimSettings claims() {
    return new ClaimSettings(
        seconds(Setting.CORE_CLAIM_RENEW_SECONDS),
        seconds(Setting.CORE_CLAIM_STOP_SECONDS),
        seconds(Setting.CORE_CLAIM_LEASE_SECONDS));
  }

  /** Which sizes of attempts there are in this mode. */
  public SizeRule sizes() {
    if (mode() != Mode.CLOUD) {
      return SizeRule.ANY;
    }
    var batch = batch();
    return new SizesOfQueues(
        sizes(batch.platform()),
        batch.platforms().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> sizes(each.getValue()))));
  }

  private static SizeRule sizes(BatchPlatform platform) {
    return switch (platform) {
      case EC2 -> new Ec2Sizes();
      case FARGATE -> new FargateSizes();
    };
  }

  /** Where jobs of cloud mode go. */
  public BatchSettings batch() {
    String env = environment().text();
    boolean ofBranch = environment() == Environment.DEV && !branch().equals("main");
    String owner = ofBranch ? branch().replaceAll("[^A-Za-z0-9_-]", "-") : env;
    return new BatchSettings(
        Objects.requireNonNullElse(optional(Setting.CORE_BATCH_QUEUE), env + "-core"),
        BatchPlatform.of(required(Setting.CORE_BATCH_PLATFORM)),
        BatchPlatform.byQueue(optional(Setting.CORE_BATCH_QUEUE_PLATFORMS)),
        Objects.requireNonNullElse(optional(Setting.CORE_BATCH_DEFINITION), "core_" + owner),
        Objects.requireNonNullElse(optional(Setting.CORE_IMAGE_REPOSITORY), env + "-core"),
        number(Setting.CORE_BATCH_SUBMIT_RATE),
        Duration.ofSeconds(number(Setting.CORE_BATCH_SETTLE_SECONDS)),
        optional(Setting.CORE_BATCH_EVENTS_QUEUE),
        optional(Setting.CORE_AWS_ACCOUNT));
  }

  /** The job of AWS Batch that this process runs in, if it does. */
  public BatchJob batchJob() {
    var index = optional(Setting.AWS_BATCH_JOB_ARRAY_INDEX);
    return new BatchJob(
        Optional.ofNullable(optional(Setting.AWS_BATCH_JOB_ID)),
        Optional.ofNullable(index).map(Integer::valueOf));
  }

  /** How often a task is tried again after failures that are not its own. */
  public int infrastructureAttempts() {
    return number(Setting.CORE_INFRASTRUCTURE_ATTEMPTS);
  }

  /** Wait before the first of those. */
  public Duration infrastructureDelay() {
    return seconds(Setting.CORE_INFRASTRUCTURE_DELAY_SECONDS);
  }

  /** Folder of jars with further transformations. */
  public Optional<Path> transformationsDirectory() {
    return optionalPath(Setting.CORE_TRANSFORMATIONS_DIR);
  }

  /** Local file of secrets. */
  public Optional<Path> secretsFile() {
    return optionalPath(Setting.CORE_SECRETS_FILE);
  }

  /**
   * Every setting by name, empty where it is not set, for the environment of a child process that
   * is to have the same settings; it must run in the same {@link #directory}. Holds passwords:
   * never print it.
   */
  public Map<String, String> forChildProcess() {
    var variables = new TreeMap<String, String>();
    for (var setting : Setting.values()) {
      variables.put(setting.name(), values.getOrDefault(setting, ""));
    }
    return Collections.unmodifiableMap(variables);
  }

  /**
   * The same for a worker: without the login of everybody else, where workers have one of their
   * own.
   */
  public Map<String, String> forWorkerProcess() {
    var variables = new TreeMap<>(forChildProcess());
    if (isDatabaseConfigured() && hasWorkerLogin()) {
      variables.put(Setting.CORE_DATABASE_URL.name(), database().url());
      variables.put(Setting.CORE_DATABASE_USER.name(), "");
      variables.put(Setting.CORE_DATABASE_PASSWORD.name(), "");
    }
    return Collections.unmodifiableMap(variables);
  }

  /** What was set, with passwords hidden. */
  @Override
  public String toString() {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + shown(each.getKey(), each.getValue()))
        .collect(Collectors.joining(", ", "Settings[", "]"));
  }

  private String shown(Setting setting, String value) {
    return setting.isSecret()
        ? "(hidden)"
        : setting == Setting.CORE_DATABASE_URL ? database().url() : value;
  }

  private DatabaseSettings database(
      @Nullable String user, @Nullable String password, @Nullable String role) {
    var text = optional(Setting.CORE_DATABASE_URL);
    if (text == null) {
      return embedded(home().resolve("database").resolve("core"));
    }
    var url = DatabaseUrl.parse(text);
    return new DatabaseSettings(
        url.jdbc(),
        user != null ? user : url.user(),
        password != null ? password : url.password(),
        poolSize(),
        role);
  }

  private DatabaseSettings embedded(Path file) {
    return new DatabaseSettings(EmbeddedUrl.of(file).direct(), "sa", "", poolSize(), null);
  }

  private int poolSize() {
    return number(Setting.CORE_DATABASE_POOL_SIZE);
  }

  private Path path(String text) {
    return directory.resolve(text).normalize();
  }

  private Optional<Path> optionalPath(Setting setting) {
    return Optional.ofNullable(optional(setting)).map(this::path);
  }

  private Duration seconds(Setting setting) {
    return Duration.ofSeconds(number(setting));
  }

  private int number(Setting setting) {
    return Integer.parseInt(required(setting));
  }

  private String required(Setting setting) {
    var value = optional(setting);
    if (value == null) {
      throw new IllegalStateException(setting + " has neither a value nor a default");
    }
    return value;
  }

  private @Nullable String optional(Setting setting) {
    var value = values.get(setting);
    return value != null ? value : setting.defaultText();
  }
}
