package dev.core.common.definition;

import org.jspecify.annotations.Nullable;

/**
 * A value that whoever starts a run may set.
 *
 * @param defaultValue null: it must be set
 */
public record ParameterDefinition(
    String name, Datatype datatype, @Nullable String defaultValue, @Nullable String description) {}
