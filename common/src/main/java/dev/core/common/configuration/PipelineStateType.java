package dev.core.common.configuration;

import org.jspecify.annotations.Nullable;

/**
 * A stage that pipelines may have.
 *
 * @param graphOrder where it stands by default
 */
public record PipelineStateType(long id, String name, int graphOrder, @Nullable String description)
    implements Row {}
