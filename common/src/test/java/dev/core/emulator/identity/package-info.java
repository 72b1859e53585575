/** AWS STS: whose credentials these are. */
@NullMarked
package dev.core.emulator.identity;

import org.jspecify.annotations.NullMarked;
