package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/** A kind of business that pipeline types belong to. */
public record Segment(long id, String name, @Nullable String description) implements Row {}
