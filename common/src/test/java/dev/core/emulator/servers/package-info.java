/** Existing servers of S3 and SQS, started for tests. */
@NullMarked
package dev.core.emulator.servers;

import org.jspecify.annotations.NullMarked;
