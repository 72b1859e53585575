package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlStatementsTest {

  @Test
  void semicolonsInStringsNamesAndCommentsEndNothing() {
    assertThat(
            SqlStatements.split(
                """
                create table "a;b" as select ';' as x; -- a comment; with one
                /* and; one */ select 'it''s; fine', e'it\\'s; too', $$;$$, $tag$;$$;$tag$
                """))
        .containsExactly(
            "create table \"a;b\" as select ';' as x",
            """
            -- a comment; with one
            /* and; one */ select 'it''s; fine', e'it\\'s; too', $$;$$, $tag$;$$;$tag$\
            """);
  }

  @Test
  void emptyStatementsAndCommentsAloneAreNone() {
    assertThat(SqlStatements.split(" ; ;; -- nothing\n; /* ; */ ")).isEmpty();
    assertThat(SqlStatements.split("select 1;")).containsExactly("select 1");
    assertThat(SqlStatements.split("select 'never closed; ")).hasSize(1);
    assertThat(SqlStatements.split("select * from t where name like'x\\'; select 2")).hasSize(2);
  }

  @Test
  void queryIsKnownByItsFirstWord() {
    assertThat(SqlStatements.isQuery("-- why\n(WITH x as (select 1) from x)")).isTrue();
    assertThat(SqlStatements.isQuery("from t")).isTrue();
    assertThat(SqlStatements.isQuery("/* select */ create table t as select 1")).isFalse();
    assertThat(SqlStatements.isQuery("selection")).isFalse();
  }
}
