/**
 * The wire protocols: REST-JSON, JSON 1.1 and Query over HTTP, errors, and faults of the network.
 */
@NullMarked
package dev.core.emulator.wire;

import org.jspecify.annotations.NullMarked;
