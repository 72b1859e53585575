package dev.core.orchestrator.cli;

import dev.core.common.storage.RowFormat;
import dev.core.common.variables.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A format of rows by the name that is documented, in whatever case. */
final class RowFormatName implements ITypeConverter<RowFormat> {

  private static final List<String> NAMES =
      Arrays.stream(RowFormat.values())
          .map(format -> format.name().toLowerCase(Locale.ROOT))
          .sorted()
          .toList();

  @Override
  public RowFormat convert(String text) {
    for (RowFormat format : RowFormat.values()) {
      if (format.name().equalsIgnoreCase(text)) {
        return format;
      }
    }
    throw new TypeConversionException(
        "'%s' is no format%s; allowed: %s"
            .formatted(text, Nearest.hint(text, NAMES), String.join(", ", NAMES)));
  }
}
