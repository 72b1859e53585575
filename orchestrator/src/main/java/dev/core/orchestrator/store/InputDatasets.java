package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.variables.DatasetReference;
import dev.core.orchestrator.engine.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds the committed dataset that a reference means, at the moment of the intent. */
public final class InputDatasets {

  private static final String DATASETS =
      """
      select id, run_id, task_index, attempt_number, root, path, format, files
      from execution.datasets
      where branch = :branch and client = :client and brand = :brand and state = :state
        and name = :name
      """;

  private InputDatasets() {}

  /**
   * A committed dataset.
   *
   * @param files below {@code path}, which is below {@code root}
   */
  public record Found(
      long id, long runId, String root, String path, String format, List<String> files) {
    public Found {
      files = List.copyOf(files);
    }
  }

  /**
   * @param reference with client and brand named
   * @param runId the run that asks
   * @param takenOver attempts of other runs whose datasets are this run's too
   */
  public static Optional<Found> find(
      Handle handle,
      String branch,
      DatasetReference reference,
      long runId,
      Set<Origin.TakenOver> takenOver) {
    return switch (reference.choice()) {
      case NEWEST -> newest(handle, branch, reference);
      case RUN -> ofRun(handle, branch, reference, runId, takenOver);
      case RUN_ELSE_NEWEST ->
          takenOver.isEmpty()
              ? ofRunElseNewest(handle, branch, reference, runId)
              : ofRun(handle, branch, reference, runId, takenOver)
                  .or(() -> newest(handle, branch, reference));
    };
  }

  /** In one statement, since it is asked for nearly every task. */
  private static Optional<Found> ofRunElseNewest(
      Handle handle, String branch, DatasetReference reference, long runId) {
    String order = "order by case when run_id = :run then 0 else 1 end, id desc limit 1";
    return query(handle, DATASETS + order, branch, reference)
        .bind("run", runId)
        .map((row, _) -> found(row))
        .findFirst();
  }

  private static Optional<Found> newest(Handle handle, String branch, DatasetReference reference) {
    return query(handle, DATASETS + "order by id desc limit 1", branch, reference)
        .map((row, _) -> found(row))
        .findFirst();
  }

  /** The newest of the run's own and those that it took over. */
  private static Optional<Found> ofRun(
      Handle handle,
      String branch,
      DatasetReference reference,
      long runId,
      Set<Origin.TakenOver> takenOver) {
    var runs = new TreeSet<Long>();
    runs.add(runId);
    takenOver.forEach(origin -> runs.add(origin.runId()));
    record Version(Origin.TakenOver by, Found dataset) {}
    return query(handle, DATASETS + "and run_id in (<runs>) order by id desc", branch, reference)
        .bindList("runs", List.copyOf(runs))
        .map((row, _) ->
            new Version(
                new Origin.TakenOver(
                    row.getLong("run_id"), row.getInt("task_index"), row.getInt("attempt_number")),
                found(row)))
        .stream()
        .filter(version -> version.by().runId() == runId || takenOver.contains(version.by()))
        .map(Version::dataset)
        .findFirst();
  }

  private static Query query(Handle handle, String sql, String branch, DatasetReference reference) {
    return handle
        .createQuery(sql)
        .bind("branch", branch)
        .bind("client", reference.client())
        .bind("brand", reference.brand())
        .bind("state", reference.state())
        .bind("name", reference.dataset());
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getLong("id"),
        row.getLong("run_id"),
        row.getString("root"),
        row.getString("path"),
        row.getString("format"),
        paths(row.getString("files")));
  }

  private static List<String> paths(String files) {
    var paths = new ArrayList<String>();
    for (JsonNode file : Json.tree(files)) {
      paths.add(file.get("path").asText());
    }
    return paths;
  }
}
