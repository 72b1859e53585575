/**
 * The configuration as YAML: exported in a fixed form, imported as a difference that is applied in
 * one transaction or not at all. File and store meet as {@link
 * dev.core.common.configuration.yaml.Row}s, known by names and not by ids.
 */
@NullMarked
package dev.core.common.configuration.yaml;

import org.jspecify.annotations.NullMarked;
