/**
 * How log lines look and where they go: lines for people on standard error, so that standard output
 * is a command's own; the same fields as JSON in a file and to Logstash.
 *
 * <p>Levels mean: error, a bug of CORE; warn, it cannot do its work now; info, what it decided;
 * debug, why; trace, everything.
 */
@NullMarked
package dev.core.common.logging;

import org.jspecify.annotations.NullMarked;
