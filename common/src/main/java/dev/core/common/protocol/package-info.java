/** What orchestrator and worker say to each other, through the database and by exit codes. */
@NullMarked
package dev.core.common.protocol;

import org.jspecify.annotations.NullMarked;
