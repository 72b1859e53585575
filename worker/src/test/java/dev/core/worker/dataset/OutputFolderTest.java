package dev.core.worker.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.protocol.Outcome.WrittenFile;
import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetStores;
import dev.core.worker.attempt.Attempts;
import dev.core.worker.builtin.Sql;
import dev.core.worker.transformation.ConfigurationFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {

  private static final WorkOrder.Output OUTPUT =
      new WorkOrder.Output("flights", "ingest", "main/c/b/ingest/flights/run_id=1/attempt=2/");

  @TempDir Path root;
  private final DatasetStores stores = new DatasetStores();
  private WorkOrder order;

  @BeforeEach
  void makeAnOrder() {
    order = new Attempts(new Sql(), root).with("sql", "select 1").order();
  }

  private OutputFolder make(int partition, int partitions) throws Exception {
    return OutputFolder.make(
        "output", OUTPUT, stores, root.toString(), root.resolve("staging"), partition, partitions);
  }

  @Test
  void leftoversOfALostProcessGo() throws Exception {
    var left = Files.createDirectories(root.resolve(OUTPUT.path()).resolve("deep"));
    Files.writeString(left.resolve("half.parquet"), "half");
    var outside = Files.writeString(root.resolve("precious"), "mine");
    Files.createSymbolicLink(left.resolve("link"), outside);
    assertThat(make(0, 1).folder()).isEmptyDirectory();
    assertThat(outside).hasContent("mine");
  }

  @Test
  void onlyWhatWasSaidToBeCompleteIsADataset() throws Exception {
    var output = make(0, 1);
    Files.writeString(output.folder().resolve("a.csv"), "n\n1\n");
    assertThat(output.dataset(order)).isEmpty();
    output.written("csv");
    Files.writeString(output.folder().resolve("late.csv"), "n\n1\n");
    var written = output.dataset(order).orElseThrow();
    assertThat(written.state()).isEqualTo("ingest");
    assertThat(written.path()).isEqualTo(OUTPUT.path());
    assertThat(written.rows()).isNull();
    assertThat(written.files()).containsExactly(new WrittenFile("a.csv", 4, null));
  }

  @Test
  void linksAreNoFilesOfADataset() throws Exception {
    var output = make(0, 1);
    Files.createSymbolicLink(output.folder().resolve("passwd"), Path.of("/etc/passwd"));
    output.written("files");
    assertThat(output.dataset(order).orElseThrow().files()).isEmpty();
  }

  @Test
  void partitionsNeitherSeeNorClearEachOther() throws Exception {
    var first = make(0, 2);
    Files.writeString(first.folder().resolve("a.csv"), "n\n");
    var second = make(1, 2);
    Files.writeString(second.folder().resolve("a.csv"), "n\n1\n");
    second.written("csv", Map.of(Path.of("a.csv"), 1L));
    assertThat(first.folder().resolve("a.csv")).exists();
    assertThat(second.dataset(order).orElseThrow().files())
        .containsExactly(new WrittenFile("part-00001/a.csv", 4, 1L));
  }

  @Test
  void inputsStayBelowTheirFolderAndInAStore() {
    var climbing =
        new WorkOrder.Input(
            1, "c/b/s/d", "input", root.toString(), "x/", "csv", List.of("../../y"));
    assertThatThrownBy(() -> DatasetFolders.input("d", climbing, stores, root))
        .hasMessageContaining("leads out of");
    var remote = new WorkOrder.Input(1, "c/b/s/d", "input", "ftp://host", "x/", "csv", List.of());
    assertThatThrownBy(() -> DatasetFolders.input("d", remote, stores, root))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("ftp://host");
  }
}
