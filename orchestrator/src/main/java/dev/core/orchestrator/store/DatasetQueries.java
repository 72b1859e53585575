package dev.core.orchestrator.store;

import dev.core.common.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads committed datasets. Only what has a row exists, so nothing half written is ever seen. */
public final class DatasetQueries {

  private static final String DATASETS =
      """
      select d.id, d.branch, d.client, d.brand, d.state, d.name, d.run_id, t.task_key,
        d.attempt_number, d.root, d.path, d.format, d.files, d.row_count, d.byte_count,
        d.committed_at
      from execution.datasets d
      join execution.tasks t on t.run_id = d.run_id and t.task_index = d.task_index
      where d.branch = :branch
      """;

  private final Jdbi jdbi;
  private final String branch;

  public DatasetQueries(Jdbi jdbi, String branch) {
    this.jdbi = jdbi;
    this.branch = branch;
  }

  /** The newest version of every dataset, by name. */
  public List<DatasetSummary> newest() {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                DATASETS
                    + """
                    and d.id in (
                      select max(n.id) from execution.datasets n where n.branch = :branch
                      group by n.client, n.brand, n.state, n.name)
                    order by d.client, d.brand, d.state, d.name
                    """)
            .bind("branch", branch)
            .map((row, _) -> dataset(row))
            .list());
  }

  /** All versions of one dataset, newest first; empty if there is none of that name. */
  public List<DatasetSummary> versions(DatasetName name) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                DATASETS
                    + """
                    and d.client = :client and d.brand = :brand and d.state = :state
                      and d.name = :dataset
                    order by d.id desc
                    """)
            .bind("branch", branch)
            .bind("client", name.client())
            .bind("brand", name.brand())
            .bind("state", name.state())
            .bind("dataset", name.dataset())
            .map((row, _) -> dataset(row))
            .list());
  }

  /** The newest version of every dataset that a run wrote or took over, by name. */
  public List<DatasetSummary> ofRun(long runId) {
    return jdbi.withHandle(handle ->
        handle
            .createQuery(
                DATASETS
                    + """
                    and d.id in (
                      select max(n.id) from execution.datasets n
                      where n.branch = :branch and (n.run_id = :run or exists (
                        select 1 from execution.tasks k
                        where k.run_id = :run and k.taken_from_run = n.run_id
                          and k.taken_from_task = n.task_index
                          and k.taken_from_attempt = n.attempt_number))
                      group by n.client, n.brand, n.state, n.name)
                    order by d.client, d.brand, d.state, d.name
                    """)
            .bind("branch", branch)
            .bind("run", runId)
            .map((row, _) -> dataset(row))
            .list());
  }

  private static DatasetSummary dataset(ResultSet row) throws SQLException {
    return new DatasetSummary(
        row.getLong("id"),
        row.getString("branch"),
        row.getString("client"),
        row.getString("brand"),
        row.getString("state"),
        row.getString("name"),
        row.getLong("run_id"),
        row.getString("task_key"),
        row.getInt("attempt_number"),
        row.getString("root"),
        row.getString("path"),
        row.getString("format"),
        Json.tree(row.getString("files")),
        Columns.number(row, "row_count"),
        row.getLong("byte_count"),
        Columns.requiredInstant(row, "committed_at"));
  }
}
