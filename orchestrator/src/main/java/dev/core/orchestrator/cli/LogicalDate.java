package dev.core.orchestrator.cli;

import dev.core.orchestrator.command.LogicalDates;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A day, which begins at midnight UTC, or a moment with its offset. */
final class LogicalDate implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      var date =
          text.length() <= 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant();
      LogicalDates.problem(date)
          .ifPresent(problem -> {
            throw new TypeConversionException(problem);
          });
      return date;
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'%s' is no date; allowed: 2026-11-22, 2026-11-22T06:00:00Z, 2026-11-22T06:00:00+01:00"
              .formatted(text));
    }
  }
}
