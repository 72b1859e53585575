package dev.core.common.configuration.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.yaml.Difference.ColumnChange;
import dev.core.common.configuration.yaml.Difference.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void ofLongTextsOnlyTheLinesThatDifferAreShownAndTwoAroundThem() {
    var change =
        new ColumnChange(
            "value",
            "select\n  a,\n  b,\n  c,\n  d\nfrom x\nwhere y\n",
            "select\n  a,\n  b,\n  lower(c) as c,\n  cc,\n  d\nfrom x\nwhere y\n");

    assertThat(
            Difference.text(
                List.of(
                    new Difference(
                        Kind.CHANGED,
                        "transformation_variables",
                        "variable",
                        "p/1/sql",
                        List.of(change)))))
        .isEqualTo(
            """
            ~ variable p/1/sql
                value:
                      a,
                      b,
                  -   c,
                  +   lower(c) as c,
                  +   cc,
                      d
                    from x
            """);
  }

  @Test
  void nothingIsSaidToBeNothing() {
    assertThat(Difference.text(List.of())).isEqualTo("no difference\n");
  }
}
