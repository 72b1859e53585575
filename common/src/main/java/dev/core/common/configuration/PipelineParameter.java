package dev.core.common.configuration;

import dev.core.common.definition.Datatype;
import org.jspecify.annotations.Nullable;

/**
 * A value that whoever starts a run of a pipeline may set.
 *
 * @param defaultValue null: it must be set
 */
public record PipelineParameter(
    long id,
    long pipelineId,
    String name,
    Datatype datatype,
    @Nullable String defaultValue,
    @Nullable String description)
    implements Row {}
