package dev.core.worker.builtin;

import dev.core.common.storage.DatasetRoot;
import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.TransformationContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Where others pick files up: a folder, or a place in a bucket. Whoever reads a name there gets the
 * old file or the new one, whole.
 */
sealed interface FilePlace {

  /**
   * The place that the variable {@code target} names; a folder is made if there is none.
   *
   * @param ids of drafts
   */
  static FilePlace of(TransformationContext context, Supplier<UUID> ids, S3Objects objects)
      throws IOException {
    String target = context.variables().string("target");
    if (S3Location.isOne(target)) {
      return new Bucket(BucketFiles.location(target), objects);
    }
    var folder = context.workingDirectory().resolve(target);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new ConfigurationFault("variable 'target' must be a folder, but " + folder + " is not");
    }
    Files.createDirectories(folder);
    return new Folder(folder.toRealPath(), ids, objects);
  }

  /** A file that was put. */
  record Put(String where, long bytes) {}

  /**
   * Puts a file there, in place of one that has the name.
   *
   * @param name with slashes
   */
  Put put(TransformationContext context, SourceFile file, String name)
      throws IOException, InterruptedException;

  /** The file is written beside its place and takes it at once. */
  record Folder(Path folder, Supplier<UUID> ids, S3Objects objects) implements FilePlace {

    @Override
    public Put put(TransformationContext context, SourceFile file, String name)
        throws IOException, InterruptedException {
      var place = DatasetRoot.below(folder, name);
      Files.createDirectories(place.getParent());
      // In the same folder, so that it can be renamed at once; hidden, so that nobody takes it.
      var draft = place.resolveSibling("." + place.getFileName() + "." + ids.get() + ".part");
      try {
        switch (file) {
          case SourceFile.OnDisk(var path, _) -> {
            long _ = CopyFiles.copy(context, path, draft);
          }
          case SourceFile.InBucket(var location, _) -> objects.download(location, draft);
        }
        try (var channel = FileChannel.open(draft, StandardOpenOption.READ)) {
          channel.force(true);
        }
        long bytes = Files.size(draft);
        Files.move(
            draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Put(place.toString(), bytes);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** An object is there whole or not at all. From one bucket to another S3 copies by itself. */
  record Bucket(S3Location root, S3Objects objects) implements FilePlace {

    @Override
    public Put put(TransformationContext context, SourceFile file, String name)
        throws IOException, InterruptedException {
      S3Location place;
      try {
        place = root.below(name);
      } catch (IllegalArgumentException e) {
        throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
      }
      context.checkpoint();
      long bytes =
          switch (file) {
            case SourceFile.OnDisk(var path, _) -> {
              objects.upload(path, place);
              yield Files.size(path);
            }
            case SourceFile.InBucket(var location, _) -> objects.copy(location, place);
          };
      return new Put(place.toString(), bytes);
    }
  }
}
