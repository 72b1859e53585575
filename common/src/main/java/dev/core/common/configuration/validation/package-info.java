/** Finds everything that is wrong with the configuration, by table, row and column. */
@NullMarked
package dev.core.common.configuration.validation;

import org.jspecify.annotations.NullMarked;
