package dev.core.common.storage;

import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/**
 * Datasets in a bucket: fetched to this machine to be read, written on it and then stored. An
 * object is there whole or not at all, and S3 reads what was written before, so no more is needed.
 */
final class S3Store implements DatasetStore {

  private final S3Location root;
  private final S3Objects objects = new S3Objects();

  S3Store(S3Location root) {
    this.root = root;
  }

  @Override
  public List<Path> fetch(String path, Collection<String> names, Path staging) throws IOException {
    var dataset = root.below(path);
    var files = new ArrayList<Path>();
    for (String name : names.stream().sorted().toList()) {
      Path file = DatasetRoot.below(staging.toAbsolutePath().normalize(), name);
      objects.download(dataset.below(name), file);
      files.add(file);
    }
    return files;
  }

  @Override
  public Path draft(String path, Path staging) {
    return staging;
  }

  @Override
  public void keep(Path draft, String path, Collection<String> names) throws IOException {
    var dataset = root.below(path);
    for (String name : names) {
      objects.upload(draft.resolve(name), dataset.below(name));
    }
  }

  @Override
  public OptionalLong take(S3Location from, Path draft, String path, String name)
      throws IOException {
    return OptionalLong.of(objects.copy(from, root.below(path).below(name)));
  }

  @Override
  public void close() {
    objects.close();
  }
}
