import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/** Prints line coverage from JaCoCo's XML as a table: {@code java UncoveredLines.java REPORT…}. */
static final class Source {
  int lines;
  final List<Integer> missed = new ArrayList<>();
}

void main(String[] reports) throws Exception {
  Map<String, Source> sources = new TreeMap<>();
  for (String report : reports) {
    if (Files.isRegularFile(Path.of(report))) {
      read(Path.of(report), sources);
    }
  }
  sources.values().removeIf(source -> source.lines == 0); // interfaces
  if (sources.isEmpty()) {
    System.err.println("No coverage report was found.");
    System.exit(1);
  }
  int width = Math.max(4, sources.keySet().stream().mapToInt(String::length).max().orElse(4));
  String row = "%-" + width + "s  %6s  %6s  %5s  %s";
  IO.println(row.formatted("File", "Lines", "Missed", "Cover", "Lines no test reached"));
  int lines = 0;
  int missed = 0;
  for (var source : sources.entrySet()) {
    Source counts = source.getValue();
    lines += counts.lines;
    missed += counts.missed.size();
    IO.println(
        row.formatted(
                source.getKey(),
                counts.lines,
                counts.missed.size(),
                share(counts.lines, counts.missed.size()),
                ranges(counts.missed))
            .stripTrailing());
  }
  IO.println(row.formatted("All", lines, missed, share(lines, missed), "").stripTrailing());
}

void read(Path report, Map<String, Source> sources) throws Exception {
  XMLInputFactory factory = XMLInputFactory.newFactory();
  factory.setProperty(XMLInputFactory.SUPPORT_DTD, false); // the report names a DTD that is not beside it
  try (InputStream in = Files.newInputStream(report)) {
    XMLStreamReader xml = factory.createXMLStreamReader(in);
    String place = "";
    Source current = new Source();
    while (xml.hasNext()) {
      if (xml.next() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      switch (xml.getLocalName()) {
        case "package" -> place = xml.getAttributeValue(null, "name");
        case "sourcefile" ->
            current = sources.computeIfAbsent(place + "/" + xml.getAttributeValue(null, "name"), _ -> new Source());
        case "line" -> {
          current.lines++;
          if ("0".equals(xml.getAttributeValue(null, "ci"))) {
            current.missed.add(Integer.valueOf(xml.getAttributeValue(null, "nr")));
          }
        }
        default -> {}
      }
    }
  }
}

/** Neighbours are drawn together: 3, 7-9. */
String ranges(List<Integer> numbers) {
  StringJoiner text = new StringJoiner(", ");
  for (int i = 0; i < numbers.size(); ) {
    int end = i;
    while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
      end++;
    }
    text.add(end == i ? "" + numbers.get(i) : numbers.get(i) + "-" + numbers.get(end));
    i = end + 1;
  }
  return text.toString();
}

String share(int lines, int missed) {
  return (100L * (lines - missed) / lines) + "%";
}
