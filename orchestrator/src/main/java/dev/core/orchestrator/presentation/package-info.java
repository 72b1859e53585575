/** How values and statuses look to people, the same on terminals and pages. */
@NullMarked
package dev.core.orchestrator.presentation;

import org.jspecify.annotations.NullMarked;
