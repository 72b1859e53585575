package dev.core.common.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store does, wherever it keeps its files. */
abstract class DatasetStoreContract {

  private static final String PATH = "main/c/b/raw/d/run_id=1/attempt=1/";

  @TempDir Path here;

  abstract String root();

  private Path staging(String name) {
    return here.resolve("staging").resolve(name);
  }

  private Path write(DatasetStore store, String path, String name, String text) throws IOException {
    var draft = store.draft(path, staging("out"));
    var file = draft.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return draft;
  }

  @Test
  void whatIsKeptIsFetchedSortedByName() throws IOException {
    try (var store = DatasetStore.of(root())) {
      write(store, PATH, "b.csv", "b");
      var draft = write(store, PATH, "part-00001/ä ö.csv", "a");
      store.keep(draft, PATH, List.of("b.csv", "part-00001/ä ö.csv"));

      var files = store.fetch(PATH, List.of("part-00001/ä ö.csv", "b.csv"), staging("in"));

      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("b.csv", "ä ö.csv");
      assertThat(files.get(0)).hasContent("b");
      assertThat(files.get(1)).hasContent("a");
    }
  }

  @Test
  void onlyNamedFilesAreFetched() throws IOException {
    try (var store = DatasetStore.of(root())) {
      var draft = write(store, PATH, "stray", "stray");
      write(store, PATH, "named", "named");
      store.keep(draft, PATH, List.of("stray", "named"));

      assertThat(store.fetch(PATH, List.of("named"), staging("in"))).hasSize(1);
    }
  }

  @Test
  void keepingAgainReplacesWhole() throws IOException {
    try (var store = DatasetStore.of(root())) {
      store.keep(write(store, PATH, "a", "a longer text"), PATH, List.of("a"));
      store.keep(write(store, PATH, "a", "short"), PATH, List.of("a"));

      assertThat(store.fetch(PATH, List.of("a"), staging("in")).getFirst()).hasContent("short");
    }
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    try (var store = DatasetStore.of(root())) {
      store.keep(write(store, PATH, "empty", ""), PATH, List.of("empty"));

      assertThat(store.fetch(PATH, List.of("empty"), staging("in")).getFirst()).isEmptyFile();
    }
  }

  @Test
  void namesThatClimbAreRefused() {
    try (var store = DatasetStore.of(root())) {
      assertThatThrownBy(() -> store.fetch(PATH, List.of("../../x"), staging("in")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("leads out of");
      assertThatThrownBy(() -> store.fetch("../x/", List.of("y"), staging("in")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("leads out of");
    }
  }
}
