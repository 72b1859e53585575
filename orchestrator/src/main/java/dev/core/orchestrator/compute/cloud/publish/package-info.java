/** The image of CORE and its job definition, put into an account and taken out of it again. */
@NullMarked
package dev.core.orchestrator.compute.cloud.publish;

import org.jspecify.annotations.NullMarked;
