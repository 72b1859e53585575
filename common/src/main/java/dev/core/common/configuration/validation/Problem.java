package dev.core.common.configuration.validation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with a row of the configuration.
 *
 * @param table without its schema
 * @param rowName what people know the row by, such as {@code flight_delays/raw/copy_files 101}
 * @param column null: the row as a whole
 * @param message a sentence without a full stop
 * @param remedy what to do about it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Problem(
    Severity severity,
    String table,
    long rowId,
    String rowName,
    @Nullable String column,
    String message,
    String remedy) {

  public enum Severity {
    /** A run would fail, or could not start. */
    ERROR,
    /** Works, but probably not as it was meant. */
    WARNING
  }

  @JsonIgnore
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public String toString() {
    return "%s: %s %d (%s)%s: %s; %s"
        .formatted(
            severity.name().toLowerCase(Locale.ROOT),
            table,
            rowId,
            rowName,
            column == null ? "" : " " + column,
            message,
            remedy);
  }
}
