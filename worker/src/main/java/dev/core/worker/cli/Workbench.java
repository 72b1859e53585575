package dev.core.worker.cli;

import dev.core.common.variables.Nearest;
import dev.core.worker.run.AttemptWork;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationDescription;
import dev.core.worker.transformation.Transformations;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What these commands work with.
 *
 * @param directory where relative paths start
 */
public record Workbench(Transformations transformations, AttemptWork work, Path directory) {

  /**
   * @throws UnknownTransformation naming what there is instead
   */
  Transformation transformation(String name) {
    return transformations.find(name).orElseThrow(() -> new UnknownTransformation(name, this));
  }

  /** Nothing of that name. */
  static final class UnknownTransformation extends RuntimeException {
    UnknownTransformation(String name, Workbench workbench) {
      this(
          name,
          workbench.transformations().descriptions().stream()
              .map(TransformationDescription::name)
              .toList());
    }

    private UnknownTransformation(String name, List<String> known) {
      super(
          "there is no transformation '%s'%s%s"
              .formatted(
                  name,
                  Nearest.hint(name, known),
                  known.stream().collect(Collectors.joining(", ", "; there are: ", ""))));
    }
  }
}
