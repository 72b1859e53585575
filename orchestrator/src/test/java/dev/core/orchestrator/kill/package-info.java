/**
 * The real programs over a real database, ended by SIGKILL at the worst moments. What counts is
 * what the tasks themselves left behind, beside what the journal says.
 */
@NullMarked
package dev.core.orchestrator.kill;

import org.jspecify.annotations.NullMarked;
