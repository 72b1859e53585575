package dev.core.orchestrator.compute.cloud.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What publishing is going to do.
 *
 * @param account that it happens in
 * @param image of this machine that is pushed; null: one is built
 * @param address of the repository
 * @param tags that the image gets there
 * @param definition that gets a new revision, unless the newest is the same
 * @param platform that the image is built for, as docker writes it
 * @param commit that the sources are of; empty if that is not known
 * @param warnings worth a second look
 */
public record PublishPlan(
    String account,
    @Nullable String image,
    String address,
    List<String> tags,
    String definition,
    String platform,
    String commit,
    List<String> warnings) {}
