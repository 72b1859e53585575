/**
 * The schema of the configuration store and of the execution record, as Flyway migrations, and the
 * programs about it: applying them, telling how a live database differs, writing the next one.
 */
@NullMarked
package dev.core.migrations;

import org.jspecify.annotations.NullMarked;
