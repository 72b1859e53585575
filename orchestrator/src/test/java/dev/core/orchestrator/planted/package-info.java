/** A secret with a value that nobody else has is used, and looked for wherever it must not be. */
@NullMarked
package dev.core.orchestrator.planted;

import org.jspecify.annotations.NullMarked;
