/**
 * Stand-ins of AWS services that speak their wire protocols, for tests and for trying cloud mode on
 * a machine without AWS. The product knows nothing of them: it is pointed at them by {@code
 * AWS_ENDPOINT_URL…}.
 */
@NullMarked
package dev.core.emulator;

import org.jspecify.annotations.NullMarked;
