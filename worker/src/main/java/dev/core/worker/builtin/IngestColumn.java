package dev.core.worker.builtin;

import dev.core.common.storage.DuckSession;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A column of what is ingested: where its text comes from, and how it becomes a value.
 *
 * @param from name in the source, or position from 1 where there is no header
 * @param formats of dates and times, as of {@code strptime}; the first that fits counts
 * @param nullValues texts that mean null
 * @param remove characters to be taken out before
 * @param required whether null is a misfit
 * @param trimmed whether space around text is taken off; around everything else it always is
 */
record IngestColumn(
    String name,
    IngestType type,
    String from,
    List<String> formats,
    List<String> nullValues,
    String remove,
    boolean required,
    boolean trimmed) {

  static IngestColumn of(String name, IngestType type) {
    return new IngestColumn(name, type, name, List.of(), List.of(), "", false, false);
  }

  IngestColumn as(IngestType other) {
    return new IngestColumn(name, other, from, formats, nullValues, remove, required, trimmed);
  }

  /** The text, cleaned; null where it stands for null. */
  String text(String raw) {
    boolean isText = type.kind() == IngestType.Kind.STRING;
    var text = trimmed || !isText ? "trim(" + raw + ")" : raw;
    if (!remove.isEmpty()) {
      text = "translate(" + text + ", " + DuckSession.literal(remove) + ", '')";
    }
    var nulls = isText ? nullValues.stream() : Stream.concat(Stream.of(""), nullValues.stream());
    var list = nulls.distinct().map(DuckSession::literal).collect(Collectors.joining(", "));
    return list.isEmpty()
        ? text
        : "case when " + text + " not in (" + list + ") then " + text + " end";
  }

  /** The value of the cleaned text; null where it does not fit. */
  String value(String text) {
    return type.value(text, formats);
  }

  /** Whether a row does not fit here. */
  String misfit(String text, String value) {
    return required
        ? "(" + value + " is null)"
        : "(" + text + " is not null and " + value + " is null)";
  }

  /** What a fitting text is. */
  String expected() {
    return type.expected() + (formats.isEmpty() ? "" : " like " + String.join(" or ", formats));
  }
}
