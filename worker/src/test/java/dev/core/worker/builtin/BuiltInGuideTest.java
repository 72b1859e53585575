package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.worker.transformation.Transformations;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class BuiltInGuideTest {

  @Test
  void everyVariableOfEveryBuiltInTransformationIsExplained() throws Exception {
    var guide = Files.readString(Path.of("../docs/built-in-transformations.md"));
    for (var description : Transformations.load(null).descriptions()) {
      int start = guide.indexOf("\n## " + description.name() + "\n");
      assertThat(start).as(description.name()).isPositive();
      int end = guide.indexOf("\n## ", start + 1);
      var section = guide.substring(start, end < 0 ? guide.length() : end);
      for (var variable : description.variables().keySet()) {
        assertThat(section).as(description.name()).contains("`" + variable + "`");
      }
    }
  }
}
