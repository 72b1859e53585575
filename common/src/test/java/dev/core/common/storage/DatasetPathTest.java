package dev.core.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DatasetPathTest {

  @Test
  void placeIsMadeOfBranchClientBrandStateDatasetRunAndAttempt() {
    var path = new DatasetPath("main", "us_aviation", "flights", "metrics", "delays_by_hour");
    assertThat(path.attempt(12, 3))
        .isEqualTo("main/us_aviation/flights/metrics/delays_by_hour/run_id=12/attempt=3/");
  }

  @Test
  void namesNeitherClimbNorHideNorCollide() {
    assertThat(new DatasetPath("feature/x", "..", ".git", "a b", "a%20b").text())
        .isEqualTo("feature%2fx/%2e./%2egit/a%20b/a%2520b/");
    assertThatThrownBy(() -> new DatasetPath("", "a", "b", "c", "d").text())
        .hasMessageContaining("empty");
  }

  @Test
  void nothingIsResolvedOutsideOfTheRoot() {
    var root = DatasetRoot.of("/data/sets");
    assertThat(root.folder("a/b/")).isEqualTo(Path.of("/data/sets/a/b"));
    assertThatThrownBy(() -> root.folder("../other")).hasMessageContaining("leads out of");
    assertThatThrownBy(() -> root.folder("/etc")).hasMessageContaining("leads out of");
    assertThatThrownBy(() -> DatasetRoot.of("s3://bucket/x")).hasMessageContaining("s3://bucket/x");
  }
}
