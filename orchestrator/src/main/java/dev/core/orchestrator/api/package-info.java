/**
 * HTTP: the JSON API, server-sent events, and the server that pages are served by as well. Asks the
 * leader through commands, like everybody else; any process may serve it.
 */
@NullMarked
package dev.core.orchestrator.api;

import org.jspecify.annotations.NullMarked;
