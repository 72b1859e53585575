/**
 * The {@code core} command line: commands, tables for people, JSON for programs. Asks and shows;
 * decides nothing. Whatever it needs (settings, database, engine) is opened when a command first
 * asks for it, because starting quickly is part of being pleasant.
 */
@NullMarked
package dev.core.orchestrator.cli;

import org.jspecify.annotations.NullMarked;
