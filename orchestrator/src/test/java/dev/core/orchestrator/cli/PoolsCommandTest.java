package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoolsCommandTest {

  @TempDir Path home;

  @BothDatabases
  void poolsAreMadeChangedAndListed(TestDatabase database) {
    var core = CoreUnderTest.on(database, home);
    assertThat(core.run("pools").out()).contains("core pools set POOL SLOTS");

    assertThat(core.run("pools", "set", "licences", "3", "--description", "of the geocoder").out())
        .startsWith("pool 'licences' is made; it has 3 slots");
    assertThat(core.run("pools", "set", "licences", "1").out())
        .startsWith("pool 'licences' has 1 slot, had 3");

    assertThat(core.run("pools").out().lines().toList())
        .satisfiesExactly(
            title -> assertThat(title).isEqualTo("POOL      SLOTS  USED  WAITING  HELD BY"),
            row -> assertThat(row).matches("licences +1 +0 +0"));
    var pool = core.run("pools", "list", "--json").json().path(0);
    assertThat(pool.path("slots").asInt()).isEqualTo(1);
    assertThat(pool.path("description").asText()).isEqualTo("of the geocoder");
    assertThat(core.run("pools", "show", "licences").out())
        .contains("pool 'licences': 1 slot, 0 taken, 0 tasks waiting", "of the geocoder");
    core.prepared(jdbi -> {
      List<String> edits =
          jdbi.withHandle(handle ->
              handle
                  .createQuery(
                      """
                      select operation || ' by ' || actor from auditing.events
                      where table_name = 'pools' order by id
                      """)
                  .mapTo(String.class)
                  .list());
      assertThat(edits).containsExactly("INSERT by ada", "UPDATE by ada");
    });
  }

  @Test
  void whatMakesNoSenseIsRefusedAndChangesNothing() {
    var core = new CoreUnderTest(home);
    core.run("pools", "set", "licences", "3");

    assertThat(core.run("pools", "show", "licenses"))
        .returns(1, CoreUnderTest.Ended::code)
        .satisfies(ended ->
            assertThat(ended.err()).contains("there is no pool 'licenses'; there is: licences"));
    assertThat(core.run("pools", "set", "Seats!", "1"))
        .returns(1, CoreUnderTest.Ended::code)
        .satisfies(ended -> assertThat(ended.err()).contains("is not a name"));
    assertThat(core.run("pools", "set", "licences", "-1"))
        .returns(2, CoreUnderTest.Ended::code)
        .satisfies(ended -> assertThat(ended.err()).contains("SLOTS is -1; allowed: 0 or more"));
    assertThat(core.run("pools", "set", "licences", "many").code()).isEqualTo(2);
    assertThat(core.run("pools", "list", "--json").json()).hasSize(1);
  }
}
