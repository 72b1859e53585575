package dev.core.common.configuration;

/**
 * A variable of a transformation.
 *
 * @param textValue typed when it is read, by the template's variable structure
 */
public record TransformationVariable(long id, long transformationId, String name, String textValue)
    implements Row {}
