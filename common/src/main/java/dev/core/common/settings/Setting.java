package dev.core.common.settings;

import dev.core.common.definition.JobQueueName;
import org.jspecify.annotations.Nullable;

/**
 * Every setting there is: its name is the environment variable. {@code .env.template} is written
 * from here, and a test keeps it so.
 */
public enum Setting {
  CORE_ENV(
      Kind.oneOf("dev", "uat", "prod"), "dev", "Which installation this is: dev, uat or prod."),
  CORE_MODE(
      Kind.oneOf("simulated", "local", "virtual", "cloud"),
      "local",
      "Where attempts run: simulated (a virtual clock), local (processes of this machine), virtual"
          + " (Docker), cloud (AWS Batch)."),
  CORE_HOME(
      Kind.PATH,
      ".core",
      "Folder of the embedded database, datasets, logs and scratch files; relative to the working"
          + " directory."),
  CORE_DATABASE_URL(
      Kind.DATABASE_URL,
      null,
      "Database of configuration and execution, such as"
          + " jdbc:postgresql://localhost:5432/configuration_application. Unset, in dev: an embedded"
          + " H2 file in $CORE_HOME/database; in uat, prod and cloud mode: the secret"
          + " $CORE_ENV/database/configuration_application/write, for workers .../worker."),
  CORE_DATABASE_USER(Kind.TEXT, null, "Login for CORE_DATABASE_URL."),
  CORE_DATABASE_PASSWORD(Kind.TEXT, null, "Password of CORE_DATABASE_USER."),
  CORE_WORKER_DATABASE_USER(
      Kind.TEXT,
      null,
      "Login of corebot. Unset, on Postgres: CORE_DATABASE_USER, with its rights given up for those"
          + " of the role corebot."),
  CORE_WORKER_DATABASE_PASSWORD(Kind.TEXT, null, "Password of CORE_WORKER_DATABASE_USER."),
  CORE_DATABASE_POOL_SIZE(
      Kind.number(1, 1000), "10", "Database connections that one process opens at most."),
  CORE_DATASETS_ROOT(
      Kind.ROOT, null, "Where datasets are, a folder or s3://bucket. Unset: $CORE_HOME/datasets."),
  CORE_BRANCH(
      Kind.matching("letters, digits, '.', '_' and '-', at most 63", "[A-Za-z0-9._-]{1,63}"),
      "main",
      "First folder of every dataset's path; datasets of different branches do not see each"
          + " other."),
  CORE_LOCAL_SLOTS(
      Kind.number(1, 10_000),
      null,
      "Attempts that run at once in local mode. Unset: the number of processors, at least 2."),
  CORE_SIMULATED_SPEED(
      Kind.number(1, 100_000),
      "60",
      "In simulated mode: how many seconds of a simulated job pass in one."),
  CORE_SIMULATED_SECONDS(
      Kind.number(0, 86_400),
      "60",
      "In simulated mode: how long attempts take; half of them longer, half shorter."),
  CORE_SIMULATED_FAILURE_PERCENT(
      Kind.number(0, 100),
      "0",
      "In simulated mode: how many of a hundred attempts fail; every other one of these by losing"
          + " its host."),
  CORE_SIMULATED_SEED(
      Kind.number(0, Integer.MAX_VALUE),
      "1",
      "In simulated mode: decides durations and failures; the same seed, the same ones."),
  CORE_HTTP_ADDRESS(Kind.TEXT, "127.0.0.1", "Address on which core server listens."),
  CORE_HTTP_PORT(
      Kind.number(0, 65_535), "8080", "Port on which core server listens; 0 takes any free one."),
  CORE_LOG_LEVEL(
      Kind.oneOf("error", "warn", "info", "debug", "trace"),
      "info",
      "error: a bug of CORE; warn: it cannot do its work now; info: what it decided; debug: why;"
          + " trace: everything."),
  CORE_LOG_FORMAT(
      Kind.oneOf("human", "json"), "human", "How log lines look on the console: human or json."),
  CORE_LOG_FILE(Kind.PATH, null, "File to which log lines are appended, as JSON. Unset: none."),
  CORE_LOG_FILE_MEGABYTES(
      Kind.number(1, 100_000),
      "100",
      "A log file of this size gets its last line's time after its name, and a new one is begun."),
  CORE_LOG_FILES(
      Kind.number(0, 10_000), "10", "So many of those old log files are kept, the newest."),
  CORE_LOG_DAYS(Kind.number(1, 10_000), "30", "Old log files are removed after so many days."),
  LOGSTASH_HOST(Kind.TEXT, null, "Host to which log lines are sent over TCP. Unset: none."),
  LOGSTASH_PORT(Kind.number(1, 65_535), "5000", "Port of LOGSTASH_HOST."),
  CORE_ACTOR(
      Kind.matching("1 to 200 characters", "(?s).{1,200}"),
      null,
      "Who edits and commands, for the record. Unset: the operating system's user."),
  CORE_LEASE_SECONDS(
      Kind.number(1, 3600),
      "8",
      "For how long a leader leads without renewing; a stand-by takes over after it."),
  CORE_TASKS_AT_ONCE(
      Kind.number(1, 1_000_000),
      "10000",
      "Tasks of all runs together that are at the backend at once."),
  CORE_CLAIM_RENEW_SECONDS(
      Kind.number(1, 86_400), "30", "How often a worker renews its hold on an attempt."),
  CORE_CLAIM_STOP_SECONDS(
      Kind.number(1, 86_400),
      "90",
      "A worker that could not renew for so long stops itself; more than CORE_CLAIM_RENEW_SECONDS."),
  CORE_CLAIM_LEASE_SECONDS(
      Kind.number(1, 86_400),
      "120",
      "An attempt not renewed for so long is taken for lost; more than CORE_CLAIM_STOP_SECONDS."),
  CORE_INFRASTRUCTURE_ATTEMPTS(
      Kind.number(0, 1000),
      "5",
      "How often a task is tried again after failures that are not its own."),
  CORE_INFRASTRUCTURE_DELAY_SECONDS(
      Kind.number(0, 86_400), "10", "Wait before the first of those, doubled each time."),
  CORE_BATCH_QUEUE(
      new Kind(
          "the name (%s) or the ARN of a job queue".formatted(JobQueueName.ALLOWED),
          JobQueueName::isOne),
      null,
      "In cloud mode, name or ARN of the AWS Batch job queue of all work that names none. Unset:"
          + " $CORE_ENV-core."),
  CORE_BATCH_DEFINITION(
      Kind.matching("letters, digits, '-' and '_', at most 128", "[A-Za-z0-9][A-Za-z0-9_-]{0,127}"),
      null,
      "In cloud mode, name of the job definition that runs the image of CORE; core publish registers"
          + " it. Unset: core_$CORE_ENV, or core_$CORE_BRANCH for a branch other than main in dev."),
  CORE_IMAGE_REPOSITORY(
      Kind.matching(
          "a name of a repository: lower-case letters, digits and '/', '.', '_', '-' between them",
          "[a-z0-9]+([._/-]+[a-z0-9]+)*"),
      null,
      "Repository of Amazon ECR to which core publish pushes the image of CORE. Unset: $CORE_ENV-core."),
  CORE_BATCH_PLATFORM(
      Kind.oneOf("ec2", "fargate"),
      "ec2",
      "What the queue's compute environments are. On fargate there are certain pairs of vCPU and"
          + " memory only, on ec2 at least one vCPU: core validate and every start of a run check"
          + " it."),
  CORE_BATCH_QUEUE_PLATFORMS(
      Kind.matching(
          "queue=ec2 or queue=fargate, several separated by commas",
          "(?i)\\s*[A-Za-z0-9_-]+\\s*=\\s*(ec2|fargate)\\s*(,\\s*[A-Za-z0-9_-]+\\s*=\\s*(ec2|fargate)\\s*)*"),
      null,
      "What other job queues are that templates and transformations name, such as"
          + " prod-large=ec2,prod-cheap=fargate. Unset, and for those not listed:"
          + " CORE_BATCH_PLATFORM."),
  CORE_BATCH_SUBMIT_RATE(
      Kind.number(1, 10_000), "50", "SubmitJob calls a second, at most; AWS grants an account 50."),
  CORE_BATCH_SETTLE_SECONDS(
      Kind.number(0, 3_600),
      "60",
      "How long a job may stay unseen by look-ups after SubmitJob gave no answer; only then, and when"
          + " no job of that name is found, it is submitted again."),
  CORE_BATCH_EVENTS_QUEUE(
      Kind.matching("the URL of an SQS queue", "https?://.+"),
      null,
      "URL of the SQS queue to which EventBridge sends state changes of jobs. Unset: jobs are looked"
          + " at only."),
  CORE_AWS_ACCOUNT(
      Kind.matching("12 digits", "[0-9]{12}"),
      null,
      "AWS account that the credentials must be of: nothing is submitted to another. Unset: any."),
  CORE_TRANSFORMATIONS_DIR(
      Kind.PATH, null, "Folder of jars with transformations of your own. Unset: none."),
  CORE_SECRETS_FILE(
      Kind.PATH,
      null,
      "In dev, a JSON or properties file of secrets, by their names such as"
          + " dev/sftp/partner/read. Unset: none."),
  AWS_BATCH_JOB_ID(
      Kind.TEXT, null, "Set by AWS Batch: the job that corebot runs in. Nothing to set by hand."),
  AWS_BATCH_JOB_ARRAY_INDEX(
      Kind.number(0, 1_000_000),
      null,
      "Set by AWS Batch: the partition that corebot runs. Nothing to set by hand.");

  private final Kind kind;
  private final @Nullable String defaultText;
  private final String comment;

  Setting(Kind kind, @Nullable String defaultText, String comment) {
    this.kind = kind;
    this.defaultText = defaultText;
    this.comment = comment;
  }

  Kind kind() {
    return kind;
  }

  /** Null: none, or one that depends on the machine or other settings, as the comment says. */
  public @Nullable String defaultText() {
    return defaultText;
  }

  /** What it is for, in a sentence or two. */
  public String comment() {
    return comment;
  }

  /** Whether its value must never be shown. */
  public boolean isSecret() {
    return this == CORE_DATABASE_PASSWORD || this == CORE_WORKER_DATABASE_PASSWORD;
  }
}
