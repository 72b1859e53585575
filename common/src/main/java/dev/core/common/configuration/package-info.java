/**
 * The configuration store: a record and a table for everything that people edit, sessions to edit
 * it in, and pipelines as runs seal them.
 */
@NullMarked
package dev.core.common.configuration;

import org.jspecify.annotations.NullMarked;
