package dev.core.orchestrator.manifest;

import dev.core.common.json.Json;
import dev.core.common.storage.DatasetStores;
import dev.core.common.storage.s3.S3Location;
import dev.core.orchestrator.store.ManifestRows.Unwritten;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;

/** Puts a manifest beside the files of a dataset, whole or not at all. Used by one thread. */
public final class ManifestFiles implements AutoCloseable {

  /** A foreign reader looks for it. */
  public static final String NAME = "_manifest.json";

  private final DatasetStores stores = new DatasetStores();

  void write(Unwritten dataset) throws IOException {
    for (var file : dataset.files()) {
      if (file.path("path").asText().equals(NAME)) {
        // The dataset has a file of that name itself.
        return;
      }
    }
    if (S3Location.isOne(dataset.root())) {
      var staging = Files.createTempDirectory("manifest");
      var draft = staging.resolve(NAME);
      try {
        Files.writeString(draft, text(dataset));
        stores.of(dataset.root()).keep(staging, dataset.path(), List.of(NAME));
      } finally {
        Files.deleteIfExists(draft);
        Files.deleteIfExists(staging);
      }
    } else {
      besideFiles(dataset);
    }
  }

  private void besideFiles(Unwritten dataset) throws IOException {
    var store = stores.of(dataset.root());
    Path folder = store.draft(dataset.path(), Path.of(dataset.root()));
    if (!Files.isDirectory(folder)) {
      // Of another machine, or gone: nobody here can read it either.
      return;
    }
    var draft = folder.resolve("." + NAME + ".part");
    Files.writeString(draft, text(dataset));
    Files.move(
        draft,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    store.keep(folder, dataset.path(), List.of(NAME));
  }

  private static String text(Unwritten dataset) {
    var manifest = new LinkedHashMap<String, Object>();
    manifest.put("dataset", dataset.name());
    manifest.put("branch", dataset.branch());
    manifest.put("run_id", dataset.runId());
    manifest.put("attempt", dataset.attempt());
    manifest.put("committed_at", dataset.committedAt());
    manifest.put("format", dataset.format());
    if (dataset.rows() != null) {
      manifest.put("rows", dataset.rows());
    }
    manifest.put("bytes", dataset.bytes());
    manifest.put("files", dataset.files());
    return Json.writeIndented(manifest) + "\n";
  }

  @Override
  public void close() {
    stores.close();
  }
}
