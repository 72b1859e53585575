package dev.core.worker.dataset;

import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.DatasetRoot;
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
   * @throws ConfigurationFault if it is not on a folder
   */
  public static InputDataset input(String alias, WorkOrder.Input input) {
    var folder = folder(input.root(), input.path());
    var files =
        input.files().stream().sorted().map(file -> DatasetRoot.below(folder, file)).toList();
    return new InputDataset(alias, input.name(), input.variable(), input.format(), folder, files);
  }

  /** The folder of a dataset. */
  static Path folder(String root, String path) {
    try {
      return DatasetRoot.of(root).folder(path);
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
