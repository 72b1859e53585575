package dev.core.orchestrator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.json.Json;
import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import dev.core.emulator.servers.EmulatedBucket;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import dev.core.orchestrator.store.ManifestRows;
import dev.core.orchestrator.store.RecordedRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What readers find beside the files of datasets that count. */
class ManifestsTest {

  @RegisterExtension static final EmulatedBucket BUCKETS = new EmulatedBucket();

  @TempDir Path folder;

  private static int unwritten(Jdbi jdbi) {
    return jdbi.withHandle(handle ->
        handle
            .select("select count(*) from execution.datasets where manifest_at is null")
            .mapTo(Integer.class)
            .one());
  }

  @BothDatabases
  void theLeaderWritesThemAfterTheCommitAndNobodyElseDoes(TestDatabase test) throws Exception {
    try (var database = Database.over(test.dataSource(), Dialect.of(test.url()));
        var objects = new S3Objects()) {
      var jdbi = database.jdbi();
      var runs = new RecordedRuns(jdbi);
      runs.succeededRun(7, "p", Map.of("p_raw_x_1", 3));
      var here = Files.createDirectories(folder.resolve("main/acme/shop/raw/here/run_id=7"));
      var bucket = "s3://" + EmulatedBucket.ONE + "/datasets";
      runs.dataset(1, 7, "here", folder.toString(), "main/acme/shop/raw/here/run_id=7/");
      runs.dataset(2, 7, "gone", folder.toString(), "main/acme/shop/raw/gone/run_id=7/");
      runs.dataset(3, 7, "away", "s3://no-such-bucket", "main/acme/shop/raw/away/run_id=7/");
      runs.dataset(4, 7, "cloud", bucket, "main/acme/shop/raw/cloud/run_id=7/");
      var leads = new AtomicBoolean();

      Manifests.start(new ManifestRows(jdbi), new ManifestFiles(), leads::get, System::nanoTime)
          .close();
      assertThat(unwritten(jdbi)).as("nobody leads").isEqualTo(4);

      leads.set(true);
      try (var _ =
          Manifests.start(
              new ManifestRows(jdbi), new ManifestFiles(), leads::get, System::nanoTime)) {
        await().until(() -> unwritten(jdbi) == 1);
      }

      var manifest = Json.tree(Files.readString(here.resolve("_manifest.json")));
      assertThat(manifest.path("dataset").asText()).isEqualTo("acme/shop/raw/here");
      assertThat(manifest.path("run_id").asLong()).isEqualTo(7);
      assertThat(manifest.path("rows").asLong()).isEqualTo(2);
      assertThat(manifest.path("files").path(0).path("path").asText()).isEqualTo("data.csv");
      assertThat(folder.resolve("main/acme/shop/raw/gone")).doesNotExist();
      try (var left = Files.list(here)) {
        assertThat(left).hasSize(1);
      }
      var copy = folder.resolve("copy");
      objects.download(
          S3Location.parse(bucket + "/main/acme/shop/raw/cloud/run_id=7/_manifest.json"), copy);
      assertThat(Json.tree(Files.readString(copy)).path("dataset").asText())
          .isEqualTo("acme/shop/raw/cloud");
    }
  }
}
