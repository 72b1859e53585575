/**
 * Opens the database that settings name, embedded H2 or Postgres, and knows in what the two differ
 * and which of their errors pass.
 */
@NullMarked
package dev.core.common.database;

import org.jspecify.annotations.NullMarked;
