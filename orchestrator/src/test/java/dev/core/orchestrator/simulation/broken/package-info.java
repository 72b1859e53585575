/**
 * Engines that are broken on purpose, each by one change of its source, to show that the simulator
 * notices. There is nothing for it in the product: the changed class is compiled in memory and
 * loaded in the place of the real one.
 */
@NullMarked
package dev.core.orchestrator.simulation.broken;

import org.jspecify.annotations.NullMarked;
