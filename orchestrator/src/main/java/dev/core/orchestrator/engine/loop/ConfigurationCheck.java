package dev.core.orchestrator.engine.loop;

import dev.core.common.configuration.validation.ConfigurationValidation;
import dev.core.common.configuration.validation.Problem;
import dev.core.common.definition.SizeRule;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The validation of the configuration, asked about one pipeline.
 *
 * @param sizes of attempts that exist where they will run
 */
public record ConfigurationCheck(SizeRule sizes) implements StartCheck {

  @Override
  public List<String> problems(Handle handle, String pipeline, Map<String, String> parameters) {
    return ConfigurationValidation.errorsOfPipeline(handle, pipeline, parameters, sizes).stream()
        .map(Problem::toString)
        .toList();
  }
}
