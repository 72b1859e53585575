import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds up Surefire's reports of all modules: {@code java TestTotals.java FOLDER…}. */
Pattern attribute = Pattern.compile("\\b(tests|failures|errors|skipped)=\"(\\d+)\"");

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
        Matcher found = attribute.matcher(suiteTag(report));
        while (found.find()) {
          long count = Long.parseLong(found.group(2));
          switch (found.group(1)) {
            case "tests" -> tests += count;
            case "failures" -> failures += count;
            case "errors" -> errors += count;
            default -> skipped += count;
          }
        }
      }
    }
  }
  IO.println(
      "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d".formatted(tests, failures, errors, skipped));
}

String suiteTag(Path report) throws Exception {
  String text = Files.readString(report);
  int start = text.indexOf("<testsuite");
  return start < 0 ? "" : text.substring(start, text.indexOf('>', start));
}
