package dev.core.orchestrator.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.emulator.servers.EmulatedBucket;
import dev.core.orchestrator.compute.Finding.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Tag("cloud")
@ExtendWith(EmulatedBucket.class)
class DatasetsCheckTest {

  @TempDir Path folder;

  @Test
  void aBucketThatIsThereWillDoForContainersAndOthers() {
    String root = "s3://" + EmulatedBucket.ONE + "/datasets";

    assertThat(DatasetsCheck.finding(root, true))
        .isEqualTo(Finding.good("bucket", root))
        .isEqualTo(DatasetsCheck.finding(root, false));
  }

  @Test
  void aMissingBucketIsNamed() {
    var finding = DatasetsCheck.finding("s3://no-such-bucket/datasets", true);

    assertThat(finding.standing()).isEqualTo(Standing.BAD);
    assertThat(finding.text()).contains("no-such-bucket");
    assertThat(finding.remedy()).contains("CORE_DATASETS_ROOT");
  }

  @Test
  void aFolderIsForWorkersOfThisMachineOnly() throws IOException {
    assertThat(DatasetsCheck.finding(folder.toString(), false))
        .isEqualTo(Finding.good("datasets", folder.toString()));
    assertThat(DatasetsCheck.finding(folder.resolve("a/b").toString(), false))
        .isEqualTo(Finding.good("datasets", folder.resolve("a/b") + ", to be made"));
    assertThat(DatasetsCheck.finding(folder.toString(), true).text())
        .endsWith("a folder: containers do not share it");
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(DatasetsCheck.finding(file.resolve("datasets").toString(), false).text())
        .contains("cannot be written to", file + " is no folder");
  }
}
