package dev.core.worker.builtin;

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
 * The files that the variables {@code source} (a file, a folder or a pattern) or {@code input} (a
 * dataset) name, thinned out by the pattern {@code files}. Nothing that is not what it seems gets
 * through: links that lead out of the folder, devices, names that no other place could hold.
 */
final class SourceFiles {

  private static final int LONGEST_NAME = 255;

  private SourceFiles() {}

  /**
   * @param path of the file
   * @param name its path below what was named, with slashes
   */
  record SourceFile(Path path, String name) {}

  /** In the order of their names; of a task that is split, this partition's share of them. */
  static List<SourceFile> of(TransformationContext context) throws IOException {
    var variables = context.variables();
    if (variables.has("source") != context.inputs("input").isEmpty()) {
      throw new ConfigurationFault("one of the variables 'source' and 'input' must be set");
    }
    var found =
        variables.has("source")
            ? named(context.workingDirectory(), variables.string("source"))
            : dataset(context.input("input"));
    var where =
        variables.has("source") ? variables.string("source") : context.input("input").name();
    var pattern = variables.optional("files").map(SourceFiles::matcher);
    var wanted =
        found.stream()
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

  private static List<SourceFile> dataset(InputDataset input) {
    return input.files().stream()
        .map(file -> new SourceFile(file, name(input.folder(), file)))
        .toList();
  }

  private static List<SourceFile> named(Path workingDirectory, String source) throws IOException {
    var path = workingDirectory.resolve(source).normalize();
    if (Files.isRegularFile(path)) {
      return List.of(new SourceFile(path, String.valueOf(path.getFileName())));
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
  private static List<SourceFile> matching(Path workingDirectory, Path source) throws IOException {
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

  private static List<SourceFile> below(Path folder, PathMatcher wanted) throws IOException {
    var real = folder.toRealPath();
    var problems = new ArrayList<String>();
    var files = new ArrayList<SourceFile>();
    try (var tree = Files.walk(folder)) {
      for (var path : (Iterable<Path>) tree.sorted()::iterator) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !wanted.matches(path)) {
          continue;
        }
        if (Files.isRegularFile(path) && path.toRealPath().startsWith(real)) {
          files.add(new SourceFile(path, name(folder, path)));
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
      for (var part : file.name().split("/")) {
        if (part.codePoints().anyMatch(SourceFiles::isHostile)) {
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

  private static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static PathMatcher matcher(String glob) {
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
