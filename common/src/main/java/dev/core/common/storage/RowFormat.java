package dev.core.common.storage;

/** How rows are written as text. */
public enum RowFormat {
  /** Columns under each other, for people. */
  TABLE,
  /** RFC 4180 with a header line; null is nothing, empty text is a pair of quotes. */
  CSV,
  /** An array of objects, one a line. */
  JSON
}
