package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import dev.core.common.variables.DatasetReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds the committed dataset that a reference means, at the moment of the intent. */
public final class InputDatasets {

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
   */
  public static Optional<Found> find(
      Handle handle, String branch, DatasetReference reference, long runId) {
    String order =
        switch (reference.choice()) {
          case RUN_ELSE_NEWEST, RUN -> "case when run_id = :run then 0 else 1 end, id desc";
          case NEWEST -> "id desc";
        };
    return handle
        .createQuery(
            """
            select id, run_id, root, path, format, files from execution.datasets
            where branch = :branch and client = :client and brand = :brand and state = :state
              and name = :name
            """
                + "order by "
                + order
                + " limit 1")
        .bind("branch", branch)
        .bind("client", reference.client())
        .bind("brand", reference.brand())
        .bind("state", reference.state())
        .bind("name", reference.dataset())
        .bind("run", runId)
        .map((row, _) ->
            new Found(
                row.getLong("id"),
                row.getLong("run_id"),
                row.getString("root"),
                row.getString("path"),
                row.getString("format"),
                paths(row.getString("files"))))
        .findOne()
        .filter(
            found -> reference.choice() != DatasetReference.Choice.RUN || found.runId() == runId);
  }

  private static List<String> paths(String files) {
    var paths = new ArrayList<String>();
    for (JsonNode file : Json.tree(files)) {
      paths.add(file.get("path").asText());
    }
    return paths;
  }
}
