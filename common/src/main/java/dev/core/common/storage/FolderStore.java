package dev.core.common.storage;

import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Datasets on a folder of this machine, written and read in their place. */
final class FolderStore implements DatasetStore {

  private final DatasetRoot root;

  FolderStore(DatasetRoot root) {
    this.root = root;
  }

  @Override
  public List<Path> fetch(String path, Collection<String> names, Path staging) {
    var folder = root.folder(path);
    return names.stream().sorted().map(name -> DatasetRoot.below(folder, name)).toList();
  }

  @Override
  public Path draft(String path, Path staging) {
    return root.folder(path);
  }

  @Override
  public void keep(Path draft, String path, Collection<String> names) throws IOException {
    var folders = new TreeSet<Path>();
    folders.add(draft);
    for (String name : names) {
      Path file = draft.resolve(name);
      force(file);
      for (Path up = file.getParent(); up != null && !up.equals(draft); up = up.getParent()) {
        folders.add(up);
      }
    }
    for (Path folder : folders) {
      force(folder);
    }
  }

  @Override
  public OptionalLong take(S3Location from, Path draft, String path, String name)
      throws IOException {
    try (var objects = new S3Objects()) {
      objects.download(from, DatasetRoot.below(draft, name));
    }
    return OptionalLong.empty();
  }

  private static void force(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return;
    }
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {}
}
