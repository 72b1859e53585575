/** STS, IAM and ECR: whose credentials these are, roles, images. */
@NullMarked
package dev.core.emulator.identity;

import org.jspecify.annotations.NullMarked;
