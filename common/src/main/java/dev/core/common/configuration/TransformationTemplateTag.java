package dev.core.common.configuration;

/** That a template has a tag. */
public record TransformationTemplateTag(long id, long transformationTemplateId, long tagId)
    implements Row {}
