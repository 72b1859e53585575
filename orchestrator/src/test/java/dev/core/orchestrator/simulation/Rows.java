package dev.core.orchestrator.simulation;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.json.Json;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.engine.RunPlan;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed rows of the execution schema, kept by hearing of every commit. */
final class Rows {

  private final TreeMap<Long, Row> runs = new TreeMap<>();
  private final Map<Long, TreeMap<Long, Row>> tasks = new HashMap<>();
  private final Map<Long, Row> attempts = new HashMap<>();
  private final Map<String, Row> attemptsByToken = new HashMap<>();
  private final Map<String, TreeMap<Long, Row>> attemptsByTask = new HashMap<>();
  private final Map<Long, TreeMap<Long, Row>> claims = new HashMap<>();
  private final Map<Long, Row> attemptPartitions = new HashMap<>();
  private final Map<Long, Map<Long, Row>> chunks = new HashMap<>();
  private final Map<String, Row> taskPartitions = new HashMap<>();
  private final Map<Long, Map<String, Row>> jobs = new HashMap<>();
  private final TreeMap<Long, Row> commands = new TreeMap<>();
  private final Map<String, RunPlan> plans = new HashMap<>();
  private final Map<Long, Row> datasets = new LinkedHashMap<>();
  private final Map<String, Row> pauses = new TreeMap<>();
  private final Map<String, Row> schedules = new TreeMap<>();
  private @Nullable Row leadership;

  void apply(List<RowChange> changes) {
    for (RowChange change : changes) {
      if (change.after() != null) {
        put(change.table(), change.after());
      } else if (change.before() != null) {
        remove(change.table(), change.before());
      }
    }
  }

  private void put(String table, Row row) {
    switch (table) {
      case "runs" -> runs.put(row.number("id"), row);
      case "tasks" ->
          tasks
              .computeIfAbsent(row.number("run_id"), _ -> new TreeMap<>())
              .put(row.number("task_index"), row);
      case "attempts" -> {
        attempts.put(row.number("id"), row);
        attemptsByToken.put(row.required("token"), row);
        attemptsByTask
            .computeIfAbsent(task(row), _ -> new TreeMap<>())
            .put(row.number("number"), row);
      }
      case "claims" ->
          claims
              .computeIfAbsent(row.number("attempt_id"), _ -> new TreeMap<>())
              .put(row.number("partition_index"), row);
      case "attempt_partitions" -> attemptPartitions.put(row.number("attempt_id"), row);
      case "chunks" ->
          chunks
              .computeIfAbsent(row.number("attempt_id"), _ -> new TreeMap<>())
              .put(row.number("first_index"), row);
      case "task_partitions" -> taskPartitions.put(task(row), row);
      case "jobs" ->
          jobs.computeIfAbsent(row.number("attempt_id"), _ -> new TreeMap<>())
              .put(row.required("job_id"), row);
      case "commands" -> commands.put(row.number("id"), row);
      case "definitions" ->
          plans.put(
              row.required("sha256"),
              RunPlan.of(
                  Json.read(row.required("definition"), PipelineDefinition.class),
                  row.required("sha256")));
      case "datasets" -> datasets.put(row.number("id"), row);
      case "leadership" -> leadership = row;
      case "pauses" -> pauses.put(row.required("scope"), row);
      case "schedules" -> schedules.put(row.required("pipeline"), row);
      default -> {}
    }
  }

  private void remove(String table, Row row) {
    switch (table) {
      case "pauses" -> pauses.remove(row.required("scope"));
      case "schedules" -> schedules.remove(row.required("pipeline"));
      case "task_partitions" -> taskPartitions.remove(task(row));
      default -> throw new IllegalStateException("deleted from " + table + ": " + row);
    }
  }

  /** Whether nothing new of the pipeline may begin. */
  boolean paused(String pipeline) {
    return pauses.containsKey(pipeline) || pauses.containsKey("*");
  }

  Collection<String> pauses() {
    return List.copyOf(pauses.keySet());
  }

  Collection<Row> schedules() {
    return schedules.values();
  }

  private static String task(Row attempt) {
    return attempt.number("run_id") + " " + attempt.number("task_index");
  }

  Collection<Row> runs() {
    return runs.values();
  }

  Row run(long id) {
    return require(runs.get(id), "run " + id);
  }

  RunPlan plan(Row run) {
    return require(plans.get(run.required("definition_sha256")), "definition of " + run);
  }

  Collection<Row> tasks(long run) {
    return require(tasks.get(run), "tasks of run " + run).values();
  }

  Row task(long run, long index) {
    return require(
        require(tasks.get(run), "tasks of run " + run).get(index), "task " + run + " " + index);
  }

  Collection<Row> attempts() {
    return attempts.values();
  }

  Row attempt(long id) {
    return require(attempts.get(id), "attempt " + id);
  }

  Row attemptOf(String token) {
    return require(attemptsByToken.get(token), "attempt of a token");
  }

  /** By number. */
  TreeMap<Long, Row> attempts(long run, long task) {
    return attemptsByTask.getOrDefault(run + " " + task, new TreeMap<>());
  }

  /** Whether there is a journalled attempt of that name and token. */
  boolean intended(String jobName, String token) {
    Row attempt = attemptsByToken.get(token);
    return attempt != null
        && (attempt.is("job_name", jobName)
            || chunks.getOrDefault(attempt.number("id"), Map.of()).values().stream()
                .anyMatch(chunk -> chunk.is("job_name", jobName)));
  }

  /** The first, which is the only one unless the task is split. */
  Row claim(long attempt) {
    return require(claims.get(attempt), "claim of attempt " + attempt).firstEntry().getValue();
  }

  Row claim(long attempt, long index) {
    return require(claims(attempt).get(index), "claim " + index + " of attempt " + attempt);
  }

  /** Of an attempt, by index. */
  TreeMap<Long, Row> claims(long attempt) {
    return require(claims.get(attempt), "claims of attempt " + attempt);
  }

  Collection<Row> claims() {
    return claims.values().stream().flatMap(each -> each.values().stream()).toList();
  }

  /** How it is split; null: it is not. */
  @Nullable Row split(long attempt) {
    return attemptPartitions.get(attempt);
  }

  /** How many places the attempt takes, as far as the claims tell. */
  int places(Row attempt) {
    long id = attempt.number("id");
    if (split(id) == null) {
      return 1;
    }
    int places = 0;
    for (Row chunk : chunks.getOrDefault(id, Map.of()).values()) {
      long first = chunk.number("first_index");
      for (long index = first; index < first + chunk.number("size"); index++) {
        Row claim = claim(id, index);
        places += claim.isNull("finished_at") && claim.isNull("failure_class") ? 1 : 0;
      }
    }
    return places;
  }

  /** Which partitions of the attempt's task have succeeded. */
  Partitions done(Row attempt) {
    Row task = taskPartitions.get(task(attempt));
    var done = new BitSet();
    if (task != null) {
      Json.tree(task.required("done"))
          .forEach(each -> done.or(Partitions.parse(each.asText()).toBits()));
    }
    return Partitions.of(done);
  }

  /** By the job's id. */
  Map<String, Row> jobs(long attempt) {
    return jobs.getOrDefault(attempt, Map.of());
  }

  /** As the leader knows them. */
  long liveJobs() {
    return jobs.values().stream()
        .flatMap(ofAttempt -> ofAttempt.values().stream())
        .filter(job -> job.is("status", "PENDING", "RUNNING"))
        .count();
  }

  Collection<Row> commands() {
    return commands.values();
  }

  Collection<Row> datasets() {
    return datasets.values();
  }

  @Nullable Row leadership() {
    return leadership;
  }

  private static <T> T require(@Nullable T found, String what) {
    if (found == null) {
      throw new IllegalStateException("there is no " + what);
    }
    return found;
  }
}
