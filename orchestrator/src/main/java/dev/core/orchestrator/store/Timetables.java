package dev.core.orchestrator.store;

import dev.core.common.database.Dialect;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.orchestrator.trigger.Timetable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;

/** What the configuration says about when pipelines run, and whether it may say something else. */
public final class Timetables {

  private Timetables() {}

  /** Of every pipeline, by name; one query. */
  public static List<Timetable> read(Handle handle) {
    try (var query =
        handle.createQuery(
            """
            select name, is_active, run_frequency, time_zone, start_date, is_catching_up,
              overlap_policy, overlap_limit
            from configuration.pipelines order by name
            """)) {
      return query.map((row, _) -> timetable(row)).list();
    }
  }

  private static Timetable timetable(ResultSet row) throws SQLException {
    return new Timetable(
        row.getString("name"),
        row.getBoolean("is_active"),
        row.getString("run_frequency"),
        row.getString("time_zone"),
        Columns.instant(row, "start_date"),
        row.getBoolean("is_catching_up"),
        OverlapPolicy.valueOf(row.getString("overlap_policy")),
        row.getInt("overlap_limit"));
  }

  /** Whether there is such a pipeline. */
  public static boolean exists(Handle handle, String pipeline) {
    return handle
        .createQuery("select 1 from configuration.pipelines where name = :name")
        .bind("name", pipeline)
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  /**
   * A number that is another one after each edit, on H2, where it costs nothing to count the audit.
   * Empty on Postgres, which gives notice of edits; there neither the highest id nor the latest
   * time would do, since transactions commit in another order than they write.
   */
  public static OptionalLong marker(Handle handle) {
    return isPostgres(handle)
        ? OptionalLong.empty()
        : OptionalLong.of(
            handle.createQuery("select count(*) from auditing.events").mapTo(Long.class).one());
  }

  private static boolean isPostgres(Handle handle) {
    try {
      return Dialect.of(handle.getConnection()) == Dialect.POSTGRES;
    } catch (SQLException e) {
      throw new ConnectionException(e);
    }
  }
}
