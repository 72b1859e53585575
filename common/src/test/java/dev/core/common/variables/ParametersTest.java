package dev.core.common.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.Datatype;
import dev.core.common.definition.ParameterDefinition;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");
  private static final List<ParameterDefinition> DEFINITIONS =
      List.of(
          new ParameterDefinition("region", Datatype.STRING, "north", null),
          new ParameterDefinition("limit", Datatype.INTEGER, null, null),
          new ParameterDefinition("since", Datatype.DATETIME, "2026-01-01T00:00", null));

  @Test
  void givenValuesAndDefaultsAreTypedAndNormalised() {
    assertThat(Parameters.resolve(DEFINITIONS, Map.of("limit", " 010 "), TOKYO))
        .isEqualTo(
            new Parameters.Resolved(
                Map.of("region", "north", "limit", "10", "since", "2025-12-31T15:00:00Z")));
  }

  @Test
  void missingUnknownAndIllTypedAreToldTogether() {
    assertThat(Parameters.resolve(DEFINITIONS, Map.of("since", "soon", "regoin", "south"), TOKYO))
        .isEqualTo(
            new Parameters.Refused(
                List.of(
                    new VariableProblem("limit", "has no default and must be set (integer)"),
                    new VariableProblem(
                        "since",
                        "'soon' is not a datetime (such as 2026-01-31T08:30:00Z, or without offset"
                            + " in Asia/Tokyo)"),
                    new VariableProblem(
                        "regoin",
                        "the pipeline has no parameter of that name; did you mean 'region'?; it has"
                            + " limit, region, since"))));
  }

  @Test
  void aPipelineWithoutParametersSaysSo() {
    assertThat(Parameters.resolve(List.of(), Map.of("x", "1"), TOKYO))
        .isEqualTo(
            new Parameters.Refused(
                List.of(new VariableProblem("x", "the pipeline has no parameters"))));
  }
}
