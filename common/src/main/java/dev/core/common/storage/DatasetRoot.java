package dev.core.common.storage;

import java.nio.file.Path;

/** The place that paths of datasets are below. Nothing that it resolves can lie outside of it. */
public final class DatasetRoot {

  private final Path folder;

  private DatasetRoot(Path folder) {
    this.folder = folder;
  }

  /**
   * @param root a folder
   * @throws IllegalArgumentException if it is anything else
   */
  public static DatasetRoot of(String root) {
    if (root.contains("://")) {
      throw new IllegalArgumentException(
          "datasets are kept in a folder or in s3://bucket; '" + root + "' is neither");
    }
    return new DatasetRoot(Path.of(root).toAbsolutePath().normalize());
  }

  /** The folder of a dataset's files, whether it exists or not. */
  public Path folder(String path) {
    return below(folder, path);
  }

  /**
   * A path below a folder.
   *
   * @throws IllegalArgumentException if it would lead elsewhere
   */
  public static Path below(Path folder, String path) {
    var resolved = folder.resolve(path).normalize();
    if (!resolved.startsWith(folder) || Path.of(path).isAbsolute()) {
      throw new IllegalArgumentException("'" + path + "' leads out of " + folder);
    }
    return resolved;
  }
}
