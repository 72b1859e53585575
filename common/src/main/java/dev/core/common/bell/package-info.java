/** Lets processes of one machine wake each other where the database gives no notices. */
@NullMarked
package dev.core.common.bell;

import org.jspecify.annotations.NullMarked;
