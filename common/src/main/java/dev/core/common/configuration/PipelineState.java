package dev.core.common.configuration;

/**
 * A stage of one pipeline.
 *
 * @param graphOrder orders the states of the pipeline; gaps mean nothing
 */
public record PipelineState(long id, long pipelineId, long pipelineStateTypeId, int graphOrder)
    implements Row {}
