import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Adds up Surefire's reports of all modules: {@code java TestTotals.java [--all] FOLDER…}, where FOLDER is a
 * module's. Names what failed, what had begun and did not end, and with {@code --all} what left no report, as when
 * the JVM of the tests was ended; the exit code is 1 then. Surefire, told to ignore failures, calls that a success.
 */
Pattern attribute = Pattern.compile("\\b(tests|failures|errors|skipped)=\"(\\d+)\"");

Pattern failed = Pattern.compile("<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"|<(?:failure|error)\\b");

void main(String[] folders) throws Exception {
  long tests = 0;
  long failures = 0;
  long errors = 0;
  long skipped = 0;
  long lost = 0;
  boolean all = folders[0].equals("--all");
  for (String folder : all ? Arrays.copyOfRange(folders, 1, folders.length) : folders) {
    Path target = Path.of(folder, "target");
    lost += printLeft("DID NOT END", names(target.resolve("running-tests"), ""));
    if (all) {
      var silent = classes(target.resolve("test-classes"));
      silent.removeAll(names(target.resolve("surefire-reports"), "TEST-"));
      lost += printLeft("NOT RUN", silent);
    }
    if (!Files.isDirectory(target.resolve("surefire-reports"))) {
      continue; // a module without tests leaves none
    }
    try (var reports = Files.newDirectoryStream(target.resolve("surefire-reports"), "TEST-*.xml")) {
      for (Path report : reports) {
        String suite = Files.readString(report);
        Matcher found = attribute.matcher(tag(suite, "<testsuite"));
        while (found.find()) {
          long count = Long.parseLong(found.group(2));
          switch (found.group(1)) {
            case "tests" -> tests += count;
            case "failures" -> failures += count;
            case "errors" -> errors += count;
            default -> skipped += count;
          }
        }
        printFailed(suite);
      }
    }
  }
  IO.println(
      "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d".formatted(tests, failures, errors, skipped));
  System.exit(failures + errors + lost == 0 ? 0 : 1);
}

int printLeft(String what, Collection<String> classes) {
  classes.forEach(each -> IO.println(what + " " + each));
  return classes.size();
}

/** Of files that are named after classes. */
Set<String> names(Path folder, String prefix) throws IOException {
  if (!Files.isDirectory(folder)) {
    return Set.of();
  }
  try (var files = Files.list(folder)) {
    return files
        .map(file -> file.getFileName().toString())
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()).replaceAll("\\.xml$", ""))
        .collect(Collectors.toSet());
  }
}

/** Those that Surefire takes for tests. */
Set<String> classes(Path folder) throws IOException {
  if (!Files.isDirectory(folder)) {
    return Set.of();
  }
  try (var files = Files.walk(folder)) {
    return files
        .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '.'))
        .filter(name -> name.matches("[^$]*(?<!Under)Test\\.class"))
        .map(name -> name.substring(0, name.length() - ".class".length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

void printFailed(String suite) {
  String last = "";
  Matcher found = failed.matcher(suite);
  while (found.find()) {
    if (found.group(1) != null) {
      last = found.group(2) + "." + found.group(1);
    } else {
      IO.println("FAILED " + last);
    }
  }
}

String tag(String text, String opening) {
  int start = text.indexOf(opening);
  return start < 0 ? "" : text.substring(start, text.indexOf('>', start));
}
