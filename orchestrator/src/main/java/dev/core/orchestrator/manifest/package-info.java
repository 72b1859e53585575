/**
 * Tells readers that do not know the database which datasets count: a {@code _manifest.json} beside
 * the files, after the commit.
 */
@NullMarked
package dev.core.orchestrator.manifest;

import org.jspecify.annotations.NullMarked;
