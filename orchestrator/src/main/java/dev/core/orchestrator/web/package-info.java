/** Pages, rendered on the server; small parts of them are asked for again when runs change. */
@NullMarked
package dev.core.orchestrator.web;

import org.jspecify.annotations.NullMarked;
