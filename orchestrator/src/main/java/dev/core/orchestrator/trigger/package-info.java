/**
 * What starts runs by itself: when schedules fire, and what of that is due. Pure: the leader brings
 * the time and journals what is decided here.
 */
@NullMarked
package dev.core.orchestrator.trigger;

import org.jspecify.annotations.NullMarked;
