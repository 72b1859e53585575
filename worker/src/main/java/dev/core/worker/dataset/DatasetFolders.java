package dev.core.worker.dataset;

import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetStore;
import dev.core.common.storage.DatasetStores;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.InputDataset;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Where the datasets of a work order are on this machine. */
public final class DatasetFolders {

  private DatasetFolders() {}

  /**
   * A committed dataset, with the files that the journal lists, and no others.
   *
   * @param staging a folder for copies of what is kept elsewhere
   * @throws ConfigurationFault if its root or one of its names is none
   */
  public static InputDataset input(
      String alias, WorkOrder.Input input, DatasetStores stores, Path staging) throws IOException {
    var store = store(stores, input.root());
    try {
      var folder = store.draft(input.path(), staging);
      var files = store.fetch(input.path(), input.files(), staging);
      return new InputDataset(alias, input.name(), input.variable(), input.format(), folder, files);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
    }
  }

  /** The store of a root. */
  static DatasetStore store(DatasetStores stores, String root) {
    try {
      return stores.of(root);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
    }
  }

  /** Deletes a folder with all that is in it; links are removed, not followed. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
