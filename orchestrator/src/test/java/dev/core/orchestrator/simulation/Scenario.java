package dev.core.orchestrator.simulation;

import dev.core.common.protocol.FailureClass;
import dev.core.orchestrator.simulation.jvm.MigratedStore;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The pipelines of a seed, as rows of the configuration, and what their transformations do. */
final class Scenario {

  private static final String VARIABLES =
      """
      {"note":{"datatype":"string","default":"${run_id}"},
       "reads":{"datatype":"dataset","required":false},
       "writes":{"datatype":"dataset","direction":"output","required":false}}
      """;

  private final Chance chance;
  private final Faults faults;
  private final int tasksAtOnce;
  private final boolean inCloud;
  private final int submitRate;
  private final List<String> pipelines = new ArrayList<>();
  private final Map<String, Integer> slots = new TreeMap<>();
  private long retimedAt = Long.MIN_VALUE / 2;
  private final Set<String> catchingUp = new TreeSet<>();

  Scenario(Chance chance, Faults faults) {
    this.chance = chance;
    this.faults = faults;
    this.inCloud = chance.happens(0.25, "cloud");
    this.submitRate = chance.between(1, 10, "submit rate");
    this.tasksAtOnce = chance.happens(0.3, "limit") ? chance.between(1, 4, "limit") : 1_000;
  }

  /** Whether orchestrators reach the cluster through the adapter of AWS Batch. */
  boolean inCloud() {
    return inCloud;
  }

  /** SubmitJob calls a second that an orchestrator may make, if it is in the cloud. */
  int submitRate() {
    return submitRate;
  }

  int tasksAtOnce() {
    return tasksAtOnce;
  }

  List<String> pipelines() {
    return pipelines;
  }

  /** How often a frequency of a scenario fires: at whole multiples of it. */
  static Duration period(String frequency) {
    return switch (frequency) {
      case "*/3 * * * *" -> Duration.ofMinutes(3);
      case "*/5 * * * *" -> Duration.ofMinutes(5);
      case "@hourly" -> Duration.ofHours(1);
      default -> throw new IllegalArgumentException(frequency);
    };
  }

  static final List<String> FREQUENCIES = List.of("*/3 * * * *", "*/5 * * * *", "@hourly");

  /** Whether a pipeline makes up for every date, as of now. */
  boolean catchesUp(String pipeline) {
    return catchingUp.contains(pipeline);
  }

  /** When people last edited when pipelines run, in microseconds. */
  long retimedAt() {
    return retimedAt;
  }

  void retimed(long micros) {
    retimedAt = micros;
  }

  void catchUp(String pipeline, boolean on) {
    if (on) {
      catchingUp.add(pipeline);
    } else {
      catchingUp.remove(pipeline);
    }
  }

  /** Of a pool, now. */
  int slots(String pool) {
    return slots.getOrDefault(pool, 0);
  }

  void slots(String pool, int number) {
    slots.put(pool, number);
  }

  /** What the transformation does in that attempt, the same however often it is asked. */
  Work work(String place, long timeoutMillis) {
    long micros = chance.micros(200, 20_000, "work " + place);
    if (chance.happens(0.1, "work " + place)) {
      micros = chance.micros(20_000, 150_000, "work " + place);
    }
    if (faults.strikes(FaultKind.WORK_TOO_LONG, place)) {
      micros = timeoutMillis * 1_000 + chance.micros(1, 200_000, "work " + place);
    }
    return new Work(micros, failure(place));
  }

  private @Nullable FailureClass failure(String place) {
    if (faults.strikes(FaultKind.WORK_FAILS, place)) {
      return FailureClass.USER;
    }
    if (faults.strikes(FaultKind.WORK_OUT_OF_MEMORY, place)) {
      return FailureClass.OUT_OF_MEMORY;
    }
    return faults.strikes(FaultKind.WORK_MISCONFIGURED, place) ? FailureClass.CONFIGURATION : null;
  }

  void write(MigratedStore.Kept connection) throws SQLException {
    try (Statement statement = connection.connection().createStatement()) {
      statement.execute("insert into configuration.clients (name) values ('acme')");
      statement.execute("insert into configuration.brands (client_id, name) values (1, 'road')");
      statement.execute("insert into configuration.pipeline_types (name) values ('test')");
    }
    for (String pool : List.of("narrow", "wide")) {
      int number = chance.between(1, pool.equals("narrow") ? 1 : 3, "slots");
      slots.put(pool, number);
      insert(
          connection, "insert into configuration.pools (name, slots) values (?, ?)", pool, number);
    }
    insert(
        connection,
        """
        insert into configuration.transformation_templates
          (name, variable_structures, retry_delay_seconds)
        values ('work', cast(? as configuration.json_document), 0)
        """,
        VARIABLES);
    int number = chance.between(1, 3, "pipelines");
    for (int i = 1; i <= number; i++) {
      pipeline(connection, i);
    }
  }

  private void pipeline(MigratedStore.Kept connection, int id) throws SQLException {
    String name = "p" + id;
    pipelines.add(name);
    catchUp(name, chance.happens(0.5, "catch up"));
    String[] policies = {"QUEUE", "QUEUE", "SKIP", "CANCEL_RUNNING", "PARALLEL"};
    insert(
        connection,
        """
        insert into configuration.pipelines (name, brand_id, pipeline_type_id, overlap_policy,
          overlap_limit, priority, parallel_task_limit, run_frequency, time_zone, is_catching_up)
        values (?, 1, 1, ?, ?, ?, ?, ?, ?, ?)
        """,
        name,
        policies[chance.between(0, policies.length - 1, "policy")],
        chance.between(1, 2, "overlap limit"),
        chance.between(-1, 1, "priority"),
        chance.happens(0.3, "parallel") ? chance.between(1, 3, "parallel") : null,
        chance.happens(0.4, "frequency")
            ? FREQUENCIES.get(chance.between(0, 2, "frequency"))
            : null,
        chance.happens(0.5, "zone") ? "Europe/Berlin" : "America/New_York",
        catchesUp(name));
    int states = chance.between(1, 3, "states");
    for (int state = 1; state <= states; state++) {
      insert(
          connection,
          """
          insert into configuration.pipeline_states
            (pipeline_id, pipeline_state_type_id, graph_order)
          values (?, ?, ?)
          """,
          id,
          state,
          state * 10);
      int transformations = chance.between(state == 1 ? 1 : 0, 3, "width");
      for (int i = 0; i < transformations; i++) {
        transformation(connection, state, i);
      }
    }
  }

  private void transformation(MigratedStore.Kept connection, int state, int index)
      throws SQLException {
    insert(
        connection,
        """
        insert into configuration.transformations (pipeline_state_id, transformation_template_id,
          graph_order, timeout_seconds, attempts, retry_delay_seconds, pool_id, partitions)
        select max(id), 1, ?, ?, ?, ?, ?, ? from configuration.pipeline_states
        """,
        chance.between(0, 1, "order"),
        chance.between(20, 180, "timeout"),
        chance.between(1, 3, "attempts"),
        chance.between(0, 40, "retry delay"),
        chance.happens(0.4, "pool") ? chance.between(1, 2, "pool") : null,
        !inCloud && chance.happens(0.25, "split")
            ? String.valueOf(chance.between(2, 6, "partitions"))
            : null);
    if (index == 0) {
      variable(connection, "writes", "d" + state);
      if (state > 1 && chance.happens(0.5, "reads")) {
        variable(connection, "reads", state == 2 ? "raw/d1@run" : "raw/d1");
      }
    }
  }

  private static void variable(MigratedStore.Kept connection, String name, String text)
      throws SQLException {
    insert(
        connection,
        """
        insert into configuration.transformation_variables (transformation_id, name, text_value)
        select max(id), ?, ? from configuration.transformations
        """,
        name,
        text);
  }

  private static void insert(MigratedStore.Kept kept, String sql, @Nullable Object... values)
      throws SQLException {
    PreparedStatement statement = kept.prepared(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    int _ = statement.executeUpdate();
  }
}
