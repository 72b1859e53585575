/** The one way CORE reads and writes JSON. */
@NullMarked
package dev.core.common.json;

import org.jspecify.annotations.NullMarked;
