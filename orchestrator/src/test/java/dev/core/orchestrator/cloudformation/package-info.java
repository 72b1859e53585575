/**
 * Checks of the CloudFormation template of docs/aws, without CloudFormation: it is resolved under
 * given parameters as CloudFormation would, and every property is held against what is known of its
 * resource type.
 */
@NullMarked
package dev.core.orchestrator.cloudformation;

import org.jspecify.annotations.NullMarked;
