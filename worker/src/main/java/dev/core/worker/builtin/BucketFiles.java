package dev.core.worker.builtin;

import dev.core.common.protocol.WorkOrder;
import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import dev.core.worker.builtin.SourceFile.InBucket;
import dev.core.worker.transformation.ConfigurationFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Files of S3 that a variable or a dataset names; nothing is fetched. */
final class BucketFiles {

  private BucketFiles() {}

  /** An object, all below a key, or those that a pattern names. */
  static List<InBucket> named(String source, S3Objects objects) throws IOException {
    S3Location location = location(source);
    String key = location.key();
    if (SourceFiles.isPattern(key)) {
      return matching(location, objects);
    }
    String folder = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    var found = objects.list(new S3Location(location.bucket(), key));
    var exact = found.stream().filter(each -> each.location().key().equals(key)).toList();
    if (!key.isEmpty() && !key.endsWith("/") && !exact.isEmpty()) {
      return List.of(new InBucket(location, key.substring(key.lastIndexOf('/') + 1)));
    }
    var below = below(found, folder);
    if (below.isEmpty()) {
      throw new SourceFiles.NoFiles("variable 'source': there is nothing at " + location);
    }
    return below;
  }

  /** As folders: the pattern begins with the first part that holds a wildcard. */
  private static List<InBucket> matching(S3Location location, S3Objects objects)
      throws IOException {
    var parts = List.of(location.key().split("/", -1));
    int fixed = 0;
    while (!SourceFiles.isPattern(parts.get(fixed))) {
      fixed++;
    }
    var folder = new StringBuilder();
    parts.subList(0, fixed).forEach(part -> folder.append(part).append('/'));
    var matcher = SourceFiles.matcher(String.join("/", parts.subList(fixed, parts.size())));
    return below(
            objects.list(new S3Location(location.bucket(), folder.toString())), folder.toString())
        .stream()
        .filter(file -> matcher.matches(Path.of(file.name())))
        .toList();
  }

  /** Objects that only stand for a folder are none. */
  private static List<InBucket> below(List<S3Objects.Listed> listed, String folder) {
    return listed.stream()
        .map(S3Objects.Listed::location)
        .filter(each -> each.key().startsWith(folder) && !each.key().endsWith("/"))
        .map(each -> new InBucket(each, each.key().substring(folder.length())))
        .toList();
  }

  /** The files of a dataset, which the journal lists. */
  static List<InBucket> of(WorkOrder.Input input) {
    var dataset = location(input.root()).below(input.path());
    return input.files().stream()
        .sorted()
        .map(name -> new InBucket(dataset.below(name), name))
        .toList();
  }

  static S3Location location(String text) {
    try {
      return S3Location.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault(String.valueOf(e.getMessage()), e);
    }
  }
}
