package dev.core.emulator.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.emulator.logs.LogsService;
import dev.core.emulator.secrets.SecretsService;
import dev.core.emulator.wire.AwsError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves jobs from state to state. Everything happens under the lock of {@link BatchService},
 * whether a call, the timer or the end of a container brings it about.
 */
final class Lifecycle {

  private final Object lock;
  private final EmulatedTime time;
  private final Delays delays;
  private final Containers containers;
  private final LogsService logs;
  private final SecretsService secrets;
  private final Consumer<Job> changed;
  private final Consumer<Job> forgotten;

  /**
   * @param changed is told of every change of state
   * @param forgotten is told when the retention of a job has passed
   */
  Lifecycle(
      Object lock,
      EmulatedTime time,
      Delays delays,
      Containers containers,
      LogsService logs,
      SecretsService secrets,
      Consumer<Job> changed,
      Consumer<Job> forgotten) {
    this.lock = lock;
    this.time = time;
    this.delays = delays;
    this.containers = containers;
    this.logs = logs;
    this.secrets = secrets;
    this.changed = changed;
    this.forgotten = forgotten;
  }

  void submitted(Job job) {
    if (job.isParent()) {
      job.children.forEach(child -> count(child, null));
      later(
          delays.runnable(),
          () -> {
            if (job.status == Status.SUBMITTED) {
              become(job, Status.PENDING);
            }
            job.children.forEach(this::runnable);
          });
    } else {
      later(delays.runnable(), () -> runnable(job));
    }
  }

  private void runnable(Job job) {
    if (job.status == Status.SUBMITTED) {
      job.runnableAt = time.now();
      become(job, Status.RUNNABLE);
      job.queue.line.addLast(job);
      schedule(job.queue);
    }
  }

  /** Gives room to those who wait for it, in order. */
  void schedule(JobQueue queue) {
    String blocked = queue.blocked;
    if (blocked != null) {
      queue.line.stream().limit(1).forEach(head -> head.statusReason = blocked);
      return;
    }
    while (queue.taken < queue.slots && !queue.line.isEmpty()) {
      Job job = queue.line.removeFirst();
      if (job.status == Status.RUNNABLE) {
        queue.taken++;
        later(delays.starting(), () -> starting(job));
      }
    }
  }

  private void starting(Job job) {
    if (job.status != Status.RUNNABLE) {
      release(job.queue);
      return;
    }
    job.taskId = UUID.randomUUID().toString().replace("-", "");
    job.statusReason = null;
    become(job, Status.STARTING);
    later(delays.running(), () -> run(job));
  }

  private void run(Job job) {
    if (job.status != Status.STARTING) {
      return;
    }
    String ending = job.ending;
    if (ending != null) {
      ended(job, new Containers.Exit(null, ending, null));
      return;
    }
    JobStart start;
    try {
      start = start(job);
    } catch (AwsError e) {
      ended(
          job,
          new Containers.Exit(
              null,
              "Task failed to start",
              "ResourceInitializationError: unable to pull secrets or registry auth: "
                  + e.getMessage()));
      return;
    }
    String group = logGroup(job);
    if (!logs.hasGroup(group)) {
      ended(
          job,
          new Containers.Exit(
              null,
              "Task failed to start",
              "ResourceInitializationError: failed to validate logger args: The specified log group"
                  + " does not exist."));
      return;
    }
    String stream = job.definition.name() + "/default/" + job.taskId;
    job.stream = stream;
    job.startedAt = time.now();
    become(job, Status.RUNNING);
    job.running =
        containers.start(
            start,
            line -> logs.append(group, stream, time.now(), line),
            exit -> {
              synchronized (lock) {
                ended(job, exit);
              }
            });
    int timeout = job.request.path("timeout").path("attemptDurationSeconds").asInt(0);
    if (timeout > 0) {
      later(Duration.ofSeconds(timeout), () -> stop(job, "Job attempt duration exceeded timeout"));
    }
  }

  private JobStart start(Job job) {
    var properties = job.definition.body().path("containerProperties");
    var overrides = job.request.path("containerOverrides");
    Map<String, String> environment = new HashMap<>();
    variables(properties.path("environment"), environment);
    for (JsonNode secret : properties.path("secrets")) {
      environment.put(secret.path("name").asText(), secret(secret.path("valueFrom").asText()));
    }
    variables(overrides.path("environment"), environment);
    environment.put("AWS_BATCH_JOB_ID", job.id);
    environment.put("AWS_BATCH_JOB_ATTEMPT", "1");
    environment.put("AWS_BATCH_JQ_NAME", job.queue.name);
    environment.put("AWS_BATCH_CE_NAME", job.queue.name);
    if (job.parent != null) {
      environment.put("AWS_BATCH_JOB_ARRAY_INDEX", String.valueOf(job.index));
      environment.put("AWS_BATCH_JOB_ARRAY_SIZE", String.valueOf(job.parent.children.size()));
    }
    var command = overrides.has("command") ? overrides.get("command") : properties.path("command");
    List<String> words = new java.util.ArrayList<>();
    command.forEach(word -> words.add(word.asText()));
    return new JobStart(
        job.id,
        job.name(),
        job.parent == null ? null : job.index,
        properties.path("image").asText(),
        words,
        environment);
  }

  private static void variables(JsonNode list, Map<String, String> environment) {
    for (JsonNode each : list) {
      environment.put(each.path("name").asText(), each.path("value").asText());
    }
  }

  /** By ARN, with a key of its JSON behind, if one is named. */
  private String secret(String valueFrom) {
    String[] parts = valueFrom.split(":", -1);
    String arn = String.join(":", List.of(parts).subList(0, Math.min(7, parts.length)));
    String value = secrets.value(arn);
    return parts.length > 7 && !parts[7].isEmpty() ? Json.member(value, parts[7]) : value;
  }

  private static String logGroup(Job job) {
    return job.definition
        .body()
        .path("containerProperties")
        .path("logConfiguration")
        .path("options")
        .path("awslogs-group")
        .asText("/aws/batch/job");
  }

  /** SIGTERM, and SIGKILL to those that do not heed it. */
  private void stop(Job job, String why) {
    var running = job.running;
    if (job.status != Status.RUNNING || job.ending != null || running == null) {
      return;
    }
    job.ending = why;
    running.stop();
    later(
        delays.killAfter(),
        () -> {
          if (job.status == Status.RUNNING) {
            running.kill();
          }
        });
  }

  void terminate(Job job, String reason) {
    switch (job.status) {
      case SUBMITTED, RUNNABLE -> cancel(job, reason);
      case PENDING -> {
        job.terminated = true;
        job.ending = reason;
        job.children.forEach(child -> terminate(child, reason));
      }
      case STARTING -> {
        job.terminated = true;
        job.ending = reason;
      }
      case RUNNING -> {
        job.terminated = true;
        stop(job, reason);
      }
      case SUCCEEDED, FAILED -> {}
    }
  }

  void cancel(Job job, String reason) {
    switch (job.status) {
      case SUBMITTED, RUNNABLE -> {
        job.cancelled = true;
        if (job.isParent()) {
          job.ending = reason;
          job.children.forEach(child -> cancel(child, reason));
        } else {
          ended(job, new Containers.Exit(null, reason, null));
        }
      }
      case PENDING -> {
        job.cancelled = true;
        job.ending = reason;
        job.children.forEach(child -> cancel(child, reason));
      }
      case STARTING, RUNNING, SUCCEEDED, FAILED -> {}
    }
  }

  private void ended(Job job, Containers.Exit exit) {
    if (job.status.ended()) {
      return;
    }
    boolean hadRoom = job.status == Status.STARTING || job.status == Status.RUNNING;
    Integer code = exit.exitCode();
    job.exitCode = code;
    job.statusReason = job.ending != null ? job.ending : exit.statusReason();
    job.containerReason = exit.containerReason();
    job.stoppedAt = time.now();
    boolean timedOut = "Job attempt duration exceeded timeout".equals(job.ending);
    boolean good = code != null && code == 0 && !timedOut;
    become(job, good ? Status.SUCCEEDED : Status.FAILED);
    if (hadRoom) {
      release(job.queue);
    }
    Job parent = job.parent;
    if (parent != null
        && parent.summary.getOrDefault(Status.SUCCEEDED, 0)
                + parent.summary.getOrDefault(Status.FAILED, 0)
            == parent.children.size()) {
      parent.stoppedAt = time.now();
      boolean all = parent.summary.getOrDefault(Status.FAILED, 0) == 0;
      parent.statusReason =
          parent.ending != null ? parent.ending : all ? null : "Array Child Job failed";
      become(parent, all ? Status.SUCCEEDED : Status.FAILED);
    }
  }

  private void release(JobQueue queue) {
    queue.taken--;
    schedule(queue);
  }

  private void become(Job job, Status next) {
    Status before = job.status;
    job.status = next;
    count(job, before);
    changed.accept(job);
    if (next.ended()) {
      later(delays.retention(), () -> forgotten.accept(job));
    }
  }

  private static void count(Job job, @Nullable Status before) {
    Job parent = job.parent;
    if (parent != null) {
      parent.summary.merge(job.status, 1, Integer::sum);
      if (before != null) {
        parent.summary.merge(before, -1, Integer::sum);
      }
    }
  }

  private void later(Duration delay, Runnable action) {
    var _ =
        time.after(
            delay,
            () -> {
              synchronized (lock) {
                action.run();
              }
            });
  }
}
