package dev.core.common.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;

class ConstraintWordsTest {

  @BothDatabases
  void everyConstraintOfTheConfigurationHasWords(TestDatabase test) {
    try (var database = Database.over(test.dataSource(), Dialect.of(test.url()))) {
      var constraints =
          database
              .jdbi()
              .withHandle(handle ->
                  handle
                      .select(
                          """
                          select lower(constraint_name) from information_schema.table_constraints
                          where lower(table_schema) = 'configuration'
                            and constraint_type in ('UNIQUE', 'FOREIGN KEY', 'CHECK')
                            and lower(constraint_name) not like '%not_null'
                          """)
                      .mapTo(String.class)
                      .set());

      assertThat(constraints).hasSizeGreaterThan(40);
      assertThat(ConstraintWords.known()).containsExactlyInAnyOrderElementsOf(constraints);
    }
  }
}
