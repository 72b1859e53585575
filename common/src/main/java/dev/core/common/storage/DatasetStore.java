package dev.core.common.storage;

import dev.core.common.storage.s3.S3Location;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Where the files of datasets are: in a folder, or in a bucket of S3. Nothing here makes a dataset
 * visible or hides one: that is the journal's. Thread-safe.
 */
public sealed interface DatasetStore extends AutoCloseable permits FolderStore, S3Store {

  /**
   * The store of a root.
   *
   * @param root a folder or {@code s3://bucket/prefix}
   * @throws IllegalArgumentException if it is neither
   */
  static DatasetStore of(String root) {
    if (S3Location.isOne(root)) {
      return new S3Store(S3Location.parse(root));
    }
    return new FolderStore(DatasetRoot.of(root));
  }

  /**
   * The files of a dataset on this machine, sorted by name: where they are, or copies.
   *
   * @param path of the dataset below the root
   * @param names below that path
   * @param staging a folder that copies may be made in; it need not exist
   * @throws IllegalArgumentException if a name leads elsewhere
   */
  List<Path> fetch(String path, Collection<String> names, Path staging) throws IOException;

  /**
   * Where files are written before {@link #keep}; need not exist.
   *
   * @param path of the dataset below the root
   * @param staging a folder for what is not written in its place
   */
  Path draft(String path, Path staging);

  /**
   * Puts files from the draft into their place, whole and lasting: after this not even a power
   * failure takes them away.
   *
   * @param draft as {@link #draft} gave it
   * @param names of all files, below the draft
   */
  void keep(Path draft, String path, Collection<String> names) throws IOException;

  /**
   * Puts an object into a dataset, whole and lasting: within S3 the bytes do not pass through this
   * machine.
   *
   * @param draft as {@link #draft} gave it
   * @param name below the dataset's path
   * @return its bytes, if the file is in its place now; empty: it is in the draft, to be kept
   */
  OptionalLong take(S3Location from, Path draft, String path, String name) throws IOException;

  @Override
  void close();
}
