package dev.core.orchestrator.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Of a command, and its subcommands, that change nothing: when the connection to the database
 * breaks before it has said anything, it is run once more.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OnlyReads {}
