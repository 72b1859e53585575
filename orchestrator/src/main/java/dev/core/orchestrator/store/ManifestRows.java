package dev.core.orchestrator.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.core.common.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Committed datasets whose manifest is yet to be written. */
public final class ManifestRows {

  private static final int AT_ONCE = 100;

  private final Jdbi jdbi;

  public ManifestRows(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * A dataset.
   *
   * @param name {@code <client>/<brand>/<state>/<dataset>}
   * @param path below the root, ends with a slash
   * @param files array of {@code path}, {@code bytes} and {@code rows}
   */
  public record Unwritten(
      long id,
      String root,
      String path,
      String name,
      String branch,
      long runId,
      int attempt,
      String format,
      JsonNode files,
      @Nullable Long rows,
      long bytes,
      Instant committedAt) {}

  /**
   * The oldest of them.
   *
   * @param except roots that are left alone
   */
  public List<Unwritten> unwritten(Collection<String> except) {
    return jdbi.withHandle(handle -> {
      var query =
          handle.createQuery(
              """
              select id, root, path, client || '/' || brand || '/' || state || '/' || name as name,
                branch, run_id, attempt_number, format, files, row_count, byte_count, committed_at
              from execution.datasets
              where manifest_at is null %s
              order by id limit %d
              """
                  .formatted(except.isEmpty() ? "" : "and root not in (<roots>)", AT_ONCE));
      if (!except.isEmpty()) {
        query.bindList("roots", new ArrayList<>(except));
      }
      return query
          .map((row, _) ->
              new Unwritten(
                  row.getLong("id"),
                  row.getString("root"),
                  row.getString("path"),
                  row.getString("name"),
                  row.getString("branch"),
                  row.getLong("run_id"),
                  row.getInt("attempt_number"),
                  row.getString("format"),
                  Json.tree(row.getString("files")),
                  row.getObject("row_count", Long.class),
                  row.getLong("byte_count"),
                  Columns.requiredInstant(row, "committed_at")))
          .list();
    });
  }

  /** They need not be looked at again. */
  public void written(List<Long> ids) {
    if (!ids.isEmpty()) {
      jdbi.useHandle(handle -> {
        int _ =
            handle
                .createUpdate(
                    "update execution.datasets set manifest_at = execution.clock() where id in (<ids>)")
                .bindList("ids", ids)
                .execute();
      });
    }
  }
}
