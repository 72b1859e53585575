package dev.core.worker.builtin;

import dev.core.common.storage.DatasetRoot;
import dev.core.common.storage.s3.S3Location;
import dev.core.common.storage.s3.S3Objects;
import dev.core.worker.builtin.SourceFile.InBucket;
import dev.core.worker.builtin.SourceFile.OnDisk;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.InputDataset;
import dev.core.worker.transformation.TransformationContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that the variables {@code source} (a file, a folder or a pattern, also in S3) or {@code
 * input} (a dataset) name, thinned out by the pattern {@code files}. Nothing that is not what it
 * seems gets through: links that lead out of the folder, devices, names that no other place could
 * hold.
 */
final class SourceFiles {

  private static final int LONGEST_NAME = 255;

  private SourceFiles() {}

  /**
   * On this machine: what is in S3 is fetched into the scratch folder. In the order of their names;
   * of a task that is split, this partition's share of them.
   */
  static List<OnDisk> of(TransformationContext context) throws IOException, InterruptedException {
    try (var objects = new S3Objects()) {
      var files = new ArrayList<OnDisk>();
      for (SourceFile file : anywhere(context, objects)) {
        files.add(
            switch (file) {
              case OnDisk here -> here;
              case InBucket(var location, var name) -> {
                context.checkpoint();
                var copy = DatasetRoot.below(context.scratch().resolve("source"), name);
                objects.download(location, copy);
                yield new OnDisk(copy, name);
              }
            });
      }
      return files;
    }
  }

  /** The same wherever they are. */
  static List<SourceFile> anywhere(TransformationContext context, S3Objects objects)
      throws IOException {
    var variables = context.variables();
    var input =
        context.order().inputs().values().stream()
            .filter(each -> each.variable().equals("input"))
            .toList();
    if (variables.has("source") != input.isEmpty()) {
      throw new ConfigurationFault("one of the variables 'source' and 'input' must be set");
    }
    List<? extends SourceFile> found;
    String where;
    if (variables.has("source")) {
      where = variables.string("source");
      found =
          S3Location.isOne(where)
              ? BucketFiles.named(where, objects)
              : named(context.workingDirectory(), where);
    } else {
      where = input.getFirst().name();
      found =
          input.size() == 1 && S3Location.isOne(input.getFirst().root())
              ? BucketFiles.of(input.getFirst())
              : dataset(context.input("input"));
    }
    var pattern = variables.optional("files").map(SourceFiles::matcher);
    var wanted =
        found.stream()
            .<SourceFile>map(file -> file)
            .filter(file -> pattern.isEmpty() || pattern.get().matches(Path.of(file.name())))
            .toList();
    if (wanted.isEmpty()) {
      throw new NoFiles(
          "no file in %s%s"
              .formatted(
                  where,
                  variables.optional("files").map(glob -> " is named like " + glob).orElse("")));
    }
    refuseHostile(wanted);
    return share(wanted, context.partition(), context.partitions());
  }

  private static List<SourceFile> share(List<SourceFile> files, int partition, int partitions) {
    var share = new ArrayList<SourceFile>();
    for (int i = partition; i < files.size(); i += partitions) {
      share.add(files.get(i));
    }
    return share;
  }

  private static List<OnDisk> dataset(InputDataset input) {
    return input.files().stream()
        .map(file -> new OnDisk(file, name(input.folder(), file)))
        .toList();
  }

  private static List<OnDisk> named(Path workingDirectory, String source) throws IOException {
    var path = workingDirectory.resolve(source).normalize();
    if (Files.isRegularFile(path)) {
      return List.of(new OnDisk(path, String.valueOf(path.getFileName())));
    }
    if (Files.isDirectory(path)) {
      return below(path, _ -> true);
    }
    if (!isPattern(source)) {
      throw new NoFiles("variable 'source': there is no file or folder " + path);
    }
    return matching(workingDirectory, Path.of(source));
  }

  /**
   * The pattern begins with the first part that holds a wildcard; what is before it is a folder.
   */
  private static List<OnDisk> matching(Path workingDirectory, Path source) throws IOException {
    int fixed = 0;
    while (!isPattern(source.getName(fixed).toString())) {
      fixed++;
    }
    var root = source.isAbsolute() ? source.getRoot() : workingDirectory;
    var folder = fixed == 0 ? root : root.resolve(source.subpath(0, fixed)).normalize();
    if (!Files.isDirectory(folder)) {
      throw new NoFiles("variable 'source': there is no folder " + folder);
    }
    var matcher = matcher(source.subpath(fixed, source.getNameCount()).toString());
    return below(folder, path -> matcher.matches(folder.relativize(path)));
  }

  private static List<OnDisk> below(Path folder, PathMatcher wanted) throws IOException {
    var real = folder.toRealPath();
    var problems = new ArrayList<String>();
    var files = new ArrayList<OnDisk>();
    try (var tree = Files.walk(folder)) {
      for (var path : (Iterable<Path>) tree.sorted()::iterator) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !wanted.matches(path)) {
          continue;
        }
        if (Files.isRegularFile(path) && path.toRealPath().startsWith(real)) {
          files.add(new OnDisk(path, name(folder, path)));
        } else {
          problems.add(shown(name(folder, path)) + " is no file of " + folder);
        }
      }
    }
    refuse(problems);
    return files;
  }

  private static void refuseHostile(List<SourceFile> files) {
    var problems = new ArrayList<String>();
    for (var file : files) {
      for (var part : file.name().split("/", -1)) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
          problems.add(shown(file.name()) + " is no name of a file");
        } else if (part.codePoints().anyMatch(SourceFiles::isHostile)) {
          problems.add(shown(file.name()) + " has a character that no file name should have");
        } else if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
          problems.add(shown(file.name()) + " is too long");
        }
      }
    }
    refuse(problems);
  }

  private static boolean isHostile(int c) {
    return Character.isISOControl(c)
        || c == '\\'
        || c == '\uFFFD'
        || Character.getType(c) == Character.SURROGATE;
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new HostileFiles(problems);
    }
  }

  private static String shown(String name) {
    var text = new StringBuilder("'");
    name.codePoints().map(c -> isHostile(c) ? '?' : c).limit(200).forEach(text::appendCodePoint);
    return text.append('\'').toString();
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString();
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  static PathMatcher matcher(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationFault("'" + glob + "' is no pattern: " + e.getMessage(), e);
    }
  }

  /** There is nothing to read, though it may come. */
  static final class NoFiles extends IOException {
    NoFiles(String message) {
      super(message);
    }
  }

  /** Files that will not be touched, and why. */
  static final class HostileFiles extends RuntimeException {
    HostileFiles(List<String> problems) {
      super("refused: " + String.join("; ", problems));
    }
  }
}
