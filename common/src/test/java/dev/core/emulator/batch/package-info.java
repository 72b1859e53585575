/** AWS Batch: queues, definitions, jobs with their states, limits, delays and events. */
@NullMarked
package dev.core.emulator.batch;

import org.jspecify.annotations.NullMarked;
