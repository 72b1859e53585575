/** AWS Secrets Manager: named values, read by JSON 1.1 calls. */
@NullMarked
package dev.core.emulator.secrets;

import org.jspecify.annotations.NullMarked;
