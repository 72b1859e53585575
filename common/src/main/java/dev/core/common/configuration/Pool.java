package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/**
 * Slots that tasks of any pipeline share.
 *
 * @param slots tasks that may hold one at once
 */
public record Pool(long id, String name, int slots, @Nullable String description) implements Row {}
