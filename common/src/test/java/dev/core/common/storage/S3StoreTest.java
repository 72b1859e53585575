package dev.core.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.storage.s3.S3Failure;
import dev.core.emulator.servers.EmulatedBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("cloud")
class S3StoreTest extends DatasetStoreContract {

  @RegisterExtension static final EmulatedBucket BUCKET = new EmulatedBucket();

  @Override
  String root() {
    return "s3://" + EmulatedBucket.ONE + "/data sets";
  }

  @Test
  void whatIsMissingIsToldWithItsPlace() {
    try (var store = DatasetStore.of(root())) {
      assertThatThrownBy(() -> store.fetch("main/x/", List.of("none.csv"), here.resolve("in")))
          .isInstanceOf(S3Failure.class)
          .hasMessageContaining("reading s3://bucket-one/data sets/main/x/none.csv")
          .hasMessageContaining("NoSuchKey");
    }
  }

  @Test
  void aReaderFetchesADatasetAndLeavesNothingBehind() throws IOException, InterruptedException {
    try (var store = DatasetStore.of(root())) {
      var draft = store.draft("main/t/", here.resolve("out"));
      Files.createDirectories(draft);
      Files.writeString(draft.resolve("a.csv"), "n\n1\n2\n");
      store.keep(draft, "main/t/", List.of("a.csv"));
    }

    try (var reader = DatasetReader.open(root(), "main/t/", "csv", List.of("a.csv"))) {
      assertThat(reader.count()).isEqualTo(2);
    }
  }
}
