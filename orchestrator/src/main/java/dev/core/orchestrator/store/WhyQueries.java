package dev.core.orchestrator.store;

import dev.core.orchestrator.engine.Dispatcher;
import dev.core.orchestrator.engine.Run;
import dev.core.orchestrator.engine.Why;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Explains unfinished tasks from the rows, in any process. Thread-safe. */
public final class WhyQueries {

  private final Jdbi jdbi;
  private final int tasksAtOnce;

  /**
   * @param tasksAtOnce the limit of the whole orchestrator
   */
  public WhyQueries(Jdbi jdbi, int tasksAtOnce) {
    this.jdbi = jdbi;
    this.tasksAtOnce = tasksAtOnce;
  }

  /** An unfinished task and its cause. */
  public record Explanation(String task, String status, Why why) {}

  /**
   * Every unfinished task of a run, in the order of the DAG.
   *
   * @return empty if there is no such run
   */
  public Optional<List<Explanation>> explain(long runId) {
    return jdbi.inTransaction(
        handle -> new RunLoader(handle).run(runId).map(run -> explain(handle, run)));
  }

  private List<Explanation> explain(Handle handle, Run run) {
    var surroundings = surroundings(handle, run);
    var explanations = new ArrayList<Explanation>();
    run.tasks()
        .forEach(task ->
            Why.of(run, task, surroundings)
                .ifPresent(why ->
                    explanations.add(
                        new Explanation(run.plan().key(task.index()), task.status().name(), why))));
    return explanations;
  }

  private record Quarantine(@Nullable String cause, @Nullable Instant at) {}

  private Why.Surroundings surroundings(Handle handle, Run run) {
    Quarantine quarantine =
        handle
            .createQuery(
                "select quarantine_cause, quarantined_at from execution.runs where id = :id")
            .bind("id", run.id())
            .map((row, _) ->
                new Quarantine(
                    row.getString("quarantine_cause"), Rows.instant(row, "quarantined_at")))
            .one();
    return handle
        .createQuery(
            """
            select expires_at, expires_at > execution.clock() as alive
            from execution.leadership where id = 1
            """)
        .map((row, _) -> surroundings(handle, run, quarantine, row))
        .one();
  }

  private Why.Surroundings surroundings(
      Handle handle, Run run, Quarantine quarantine, ResultSet leadership) throws SQLException {
    Instant expired = Rows.instant(leadership, "expires_at");
    Instant created = run.header().createdAt();
    return new Why.Surroundings(
        leadership.getBoolean("alive"),
        expired == null ? created : expired,
        quarantine.cause(),
        quarantine.at() == null ? created : quarantine.at(),
        handle
            .createQuery(
                """
                select id from execution.runs
                where pipeline = :pipeline and id <> :id and status in ('RUNNING', 'CANCELLING')
                order by id
                """)
            .bind("pipeline", run.header().pipeline())
            .bind("id", run.id())
            .mapTo(Long.class)
            .list(),
        new Dispatcher.Limits(
            tasksAtOnce, counts(handle, "select name, slots as number from configuration.pools")),
        handle
            .createQuery(
                """
                select count(*) from execution.tasks
                where status in ('SUBMITTED', 'RUNNING', 'CANCELLING')
                """)
            .mapTo(Integer.class)
            .one(),
        run.plan().usesPools() ? poolUse(handle) : Map.of());
  }

  private static Map<String, Integer> poolUse(Handle handle) {
    var loader = new RunLoader(handle);
    return loader.active().stream()
        .flatMap(run -> {
          var pools = new ArrayList<String>();
          run.tasks()
              .forEach(task -> {
                String pool = task.status().live() ? run.plan().pool(task.index()) : null;
                if (pool != null) {
                  pools.add(pool);
                }
              });
          return pools.stream();
        })
        .collect(Collectors.toMap(pool -> pool, _ -> 1, Integer::sum));
  }

  private static Map<String, Integer> counts(Handle handle, String query) {
    return handle
        .createQuery(query)
        .map((row, _) -> Map.entry(row.getString("name"), row.getInt("number")))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
