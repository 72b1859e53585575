package dev.core.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a file of figures, cell by cell, with what it should hold. */
final class Published {

  private Published() {}

  static void assertHolds(Path csv, Figures expected) throws IOException {
    assertHolds(String.valueOf(csv.getFileName()), Csv.read(csv), expected);
  }

  static void assertHolds(String name, Csv actual, Figures expected) {
    assertThat(actual.header()).as("columns of %s", name).isEqualTo(expected.columns());
    assertThat(actual.rows()).as("rows of %s", name).hasSameSizeAs(expected.rows());
    for (int row = 0; row < expected.rows().size(); row++) {
      for (int column = 0; column < expected.columns().size(); column++) {
        assertCell(
            "%s, row %d, %s".formatted(name, row + 1, expected.columns().get(column)),
            actual.rows().get(row).get(column),
            expected.rows().get(row).get(column));
      }
    }
  }

  private static void assertCell(String where, String actual, @Nullable Object expected) {
    if (expected instanceof Double number) {
      // Both sides divide whole numbers, so they differ in the last digit at most.
      assertThat(Double.parseDouble(actual)).as(where).isCloseTo(number, within(Math.ulp(number)));
    } else {
      assertThat(actual).as(where).isEqualTo(Objects.toString(expected, ""));
    }
  }
}
