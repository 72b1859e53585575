import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adds up Surefire's reports of all modules: {@code java TestTotals.java FOLDER…}. Names what failed;
 * the exit code is 1 then.
 */
Pattern attribute = Pattern.compile("\\b(tests|failures|errors|skipped)=\"(\\d+)\"");

Pattern failed = Pattern.compile("<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"|<(?:failure|error)\\b");

void main(String[] folders) throws Exception {
  long tests = 0;
  long failures = 0;
  long errors = 0;
  long skipped = 0;
  for (String folder : folders) {
    if (!Files.isDirectory(Path.of(folder))) {
      continue; // a module without tests leaves none
    }
    try (var reports = Files.newDirectoryStream(Path.of(folder), "TEST-*.xml")) {
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
  System.exit(failures + errors == 0 ? 0 : 1);
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
