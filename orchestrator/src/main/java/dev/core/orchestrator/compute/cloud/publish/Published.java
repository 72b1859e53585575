package dev.core.orchestrator.compute.cloud.publish;

import java.util.List;

/**
 * What came of publishing.
 *
 * @param image by its digest, as the job definition names it
 * @param tags that it has
 * @param definition name and revision that run it
 * @param registered whether that revision is new
 */
public record Published(String image, List<String> tags, String definition, boolean registered) {}
