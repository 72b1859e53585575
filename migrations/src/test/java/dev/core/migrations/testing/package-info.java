/** Real, migrated databases for the tests of all modules: private H2, and one embedded Postgres. */
@NullMarked
package dev.core.migrations.testing;

import org.jspecify.annotations.NullMarked;
