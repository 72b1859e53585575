package dev.core.common.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.util.List;

class ConfigurationCopyTest {

  @BothDatabases
  void theCopyGivesTheSameDefinitions(TestDatabase test) {
    var from = Database.over(test.dataSource(), Dialect.of(test.url()));
    try (var session = ConfigurationSession.opened(from, "ada", () -> {})) {
      MockConfiguration.addTo(session.store());
      session.commit();
    }
    try (var copy = new ConfigurationMocker()) {
      var to = copy.database();

      assertThat(ConfigurationCopy.bring(from.jdbi(), to.jdbi())).isGreaterThan(10);

      assertThat(json(to)).isEqualTo(json(from));
      assertThat(ConfigurationCopy.bring(from.jdbi(), to.jdbi())).isZero();
    }
  }

  @BothDatabases
  void whatWasRenamedRemovedAndChangedIsSoInTheCopy(TestDatabase test) {
    var from = Database.over(test.dataSource(), Dialect.of(test.url()));
    from.jdbi()
        .useHandle(handle -> {
          handle.execute("insert into configuration.pools (name, slots) values ('a', 1), ('b', 2)");
          handle.execute("insert into configuration.tags (name) values ('x'), ('y')");
        });
    try (var copy = new ConfigurationMocker()) {
      var to = copy.database();
      int _ = ConfigurationCopy.bring(from.jdbi(), to.jdbi());

      from.jdbi()
          .useHandle(handle -> {
            // Each takes the name of the other: no single row can be changed alone.
            handle.execute("update configuration.pools set name = 'c' where name = 'a'");
            handle.execute("update configuration.pools set name = 'a' where name = 'b'");
            handle.execute("update configuration.pools set name = 'b' where name = 'c'");
            handle.execute("delete from configuration.tags where name = 'x'");
          });

      assertThat(ConfigurationCopy.bring(from.jdbi(), to.jdbi())).isEqualTo(3);
      assertThat(pools(to)).isEqualTo(pools(from)).containsExactly("a 2", "b 1");
      assertThat(tags(to)).containsExactly("y");
    }
  }

  private static List<String> pools(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle
                .createQuery("select name, slots from configuration.pools order by name")
                .map((row, _) -> row.getString(1) + " " + row.getInt(2))
                .list());
  }

  private static List<String> tags(Database database) {
    return database
        .jdbi()
        .withHandle(handle ->
            handle.createQuery("select name from configuration.tags").mapTo(String.class).list());
  }

  private static String json(Database database) {
    return database
        .jdbi()
        .withHandle(handle -> PipelineDefinitions.read(handle, "mock_pipeline"))
        .orElseThrow()
        .canonicalJson();
  }
}
