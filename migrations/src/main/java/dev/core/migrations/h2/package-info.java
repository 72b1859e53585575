/** What H2 calls by name: its stand-ins for what Postgres has built in. */
@NullMarked
package dev.core.migrations.h2;

import org.jspecify.annotations.NullMarked;
