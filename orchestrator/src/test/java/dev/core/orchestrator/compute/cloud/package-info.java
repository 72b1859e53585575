/** Tests of cloud mode over the wire. */
@NullMarked
package dev.core.orchestrator.compute.cloud;

import org.jspecify.annotations.NullMarked;
