package dev.core.worker.attempt;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.definition.Datatype;
import dev.core.common.secrets.SecretShape;
import dev.core.common.variables.VariableStructure;
import dev.core.worker.transformation.ConfigurationFault;
import dev.core.worker.transformation.Transformation;
import dev.core.worker.transformation.TransformationContext;
import dev.core.worker.transformation.TransformationDescription;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretShapesTest {

  @TempDir Path folder;

  private static final class Loads implements Transformation {
    @Override
    public TransformationDescription description() {
      return TransformationDescription.of("loads", "Loads")
          .with("login", VariableStructure.required(Datatype.SECRET, "login"));
    }

    @Override
    public void run(TransformationContext context) {
      context.result(context.secret("login", SecretShape.DATABASE).url());
    }
  }

  @Test
  void aSecretOfAnotherShapeIsAFaultOfConfigurationThatShowsNoValue() {
    assertThatThrownBy(
            () -> new Attempts(new Loads(), folder).with("login", "database/warehouse").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("secret 'database/warehouse' is not a JSON object")
        .hasMessageNotContaining("value of");
  }
}
