/**
 * What leads: takes leadership, gathers what is new, applies the pure rules of {@link
 * dev.core.orchestrator.engine}, journals the changes in one transaction, and only then carries out
 * what follows. One thread writes; remote calls run beside it and report back as news.
 */
@NullMarked
package dev.core.orchestrator.engine.loop;

import org.jspecify.annotations.NullMarked;
