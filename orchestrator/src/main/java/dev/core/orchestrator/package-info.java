/** The program {@code core} and what it is composed of: the one place where everything meets. */
@NullMarked
package dev.core.orchestrator;

import org.jspecify.annotations.NullMarked;
