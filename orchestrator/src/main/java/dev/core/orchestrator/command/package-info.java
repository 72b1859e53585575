/** What people and programs ask of the leader, as rows that it applies once. */
@NullMarked
package dev.core.orchestrator.command;

import org.jspecify.annotations.NullMarked;
