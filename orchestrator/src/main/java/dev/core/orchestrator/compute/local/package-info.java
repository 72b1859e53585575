/**
 * Local mode: jobs are rows that a resident worker of this machine takes. Survives the death of
 * either side, because nothing is known but what stands in the rows.
 */
@NullMarked
package dev.core.orchestrator.compute.local;

import org.jspecify.annotations.NullMarked;
