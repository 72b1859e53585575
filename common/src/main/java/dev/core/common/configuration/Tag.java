package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/** A word that templates are found by. */
public record Tag(long id, String name, @Nullable String description) implements Row {}
