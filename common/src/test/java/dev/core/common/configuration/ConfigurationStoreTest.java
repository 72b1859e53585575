package dev.core.common.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.Datatype;
import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

class ConfigurationStoreTest {

  @BothDatabases
  void everyTableGivesBackWhatWasInserted(TestDatabase test) {
    try (var session = session(test)) {
      var store = session.store();
      long segment = keeps(store.segments(), new Segment(0, "retail", "Shops"));
      long client = keeps(store.clients(), new Client(0, "acme", "Anvils"));
      long brand = keeps(store.brands(), new Brand(0, client, "coyote", null));
      long type = keeps(store.pipelineTypes(), new PipelineType(0, "sales", segment, null));
      long pipeline =
          keeps(
              store.pipelines(),
              new Pipeline(
                  0,
                  "acme_sales",
                  brand,
                  type,
                  "What was sold",
                  false,
                  "@daily",
                  "Europe/Berlin",
                  Instant.parse("2026-01-01T00:00:00Z"),
                  true,
                  OverlapPolicy.CANCEL_RUNNING,
                  3,
                  -5,
                  8));
      keeps(
          store.pipelineParameters(),
          new PipelineParameter(0, pipeline, "day", Datatype.DATE, "2026-01-01", "Which"));
      long stateType = keeps(store.pipelineStateTypes(), new PipelineStateType(0, "late", 99, "x"));
      long state = keeps(store.pipelineStates(), new PipelineState(0, pipeline, stateType, 5));
      long pool = keeps(store.pools(), new Pool(0, "narrow", 2, null));
      long template =
          keeps(
              store.transformationTemplates(),
              new TransformationTemplate(
                  0,
                  "copy",
                  "Copies",
                  "{}",
                  stateType,
                  new BigDecimal("0.25"),
                  512,
                  60,
                  1,
                  0,
                  pool,
                  "alpine",
                  "large",
                  "12"));
      long transformation =
          keeps(
              store.transformations(),
              new Transformation(
                  0,
                  state,
                  template,
                  7,
                  "First",
                  new BigDecimal("2.50"),
                  1024,
                  30,
                  4,
                  1,
                  pool,
                  "busybox",
                  null,
                  "${parameter.months}"));
      keeps(store.transformations(), Transformation.of(state, template, 8));
      keeps(
          store.transformationVariables(),
          new TransformationVariable(0, transformation, "from", "${client}"));
      long tag = keeps(store.tags(), new Tag(0, "cheap", null));
      keeps(store.transformationTemplateTags(), new TransformationTemplateTag(0, template, tag));
    }
  }

  @BothDatabases
  void updatesAndDeletesTellWhetherThereWasARow(TestDatabase test) {
    try (var session = session(test)) {
      var clients = session.store().clients();
      long id = clients.insert(Client.named("acme"));

      assertThat(clients.update(new Client(id, "acme_2", "Anvils"))).isTrue();
      assertThat(clients.find(id)).contains(new Client(id, "acme_2", "Anvils"));
      assertThat(clients.findBy("name", "acme_2")).isPresent();
      assertThat(clients.findBy("name", "acme")).isEmpty();
      assertThat(clients.update(new Client(id + 1, "other", null))).isFalse();
      assertThat(clients.delete(id)).isTrue();
      assertThat(clients.delete(id)).isFalse();
      assertThat(clients.count()).isZero();
    }
  }

  @BothDatabases
  void editsCarryTheirActor(TestDatabase test) {
    try (var session = ConfigurationSession.on(database(test), "ann")) {
      long id = session.store().clients().insert(Client.named("acme"));
      var bobs = new ConfigurationStore(session.handle(), "bob");

      assertThat(actorOf(session.handle(), id)).isEqualTo("ann");
      assertThat(bobs.clients().update(new Client(id, "acme", "changed"))).isTrue();
      assertThat(actorOf(session.handle(), id)).isEqualTo("bob");
      assertThat(bobs.clients().delete(id)).isTrue();
      assertThat(actorsOfEvents(session.handle())).containsExactly("ann", "bob", "bob");
    }
  }

  @BothDatabases
  void rowsKeepIdsThatTheyBringAndLaterIdsFollow(TestDatabase test) {
    try (var session = session(test)) {
      var clients = session.store().clients();
      clients.insert(new Client(41, "imported", null));

      session.store().continueIds();

      assertThat(clients.find(41)).isPresent();
      assertThat(clients.insert(Client.named("next"))).isEqualTo(42);
      assertThat(clients.delete(42)).isTrue();
      session.store().continueIds();
      assertThat(clients.insert(Client.named("after"))).isGreaterThan(42);
    }
  }

  @BothDatabases
  void whatIsNotCommittedIsGone(TestDatabase test) {
    try (var session = session(test)) {
      session.store().clients().insert(Client.named("kept"));
      session.commit();
      session.store().clients().insert(Client.named("dropped"));
      session.rollback();
      session.store().clients().insert(Client.named("forgotten"));
    }
    try (var session = session(test)) {
      assertThat(session.store().clients().list()).extracting(Client::name).containsExactly("kept");
    }
  }

  @BothDatabases
  void constraintsHold(TestDatabase test) {
    try (var session = session(test)) {
      session.store().clients().insert(Client.named("acme"));
      session.commit();

      assertThatThrownBy(() -> session.store().clients().insert(Client.named("acme")))
          .hasMessageContaining("clients_name_unique");
    }
  }

  private static <R extends Row> long keeps(Rows<R> rows, R row) {
    long id = rows.insert(row);
    assertThat(id).isPositive();
    assertThat(rows.find(id).orElseThrow())
        .usingRecursiveComparison()
        .ignoringFields("id")
        .withEqualsForType((a, b) -> a.compareTo(b) == 0, BigDecimal.class)
        .isEqualTo(row);
    return id;
  }

  private static String actorOf(Handle handle, long client) {
    return handle
        .createQuery("select last_actor from configuration.clients where id = :id")
        .bind("id", client)
        .mapTo(String.class)
        .one();
  }

  private static List<String> actorsOfEvents(Handle handle) {
    return handle
        .createQuery("select actor from auditing.events where table_name = 'clients' order by id")
        .mapTo(String.class)
        .list();
  }

  private static ConfigurationSession session(TestDatabase test) {
    return ConfigurationSession.on(database(test), "tester");
  }

  private static Database database(TestDatabase test) {
    return Database.over(test.dataSource(), Dialect.of(test.url()));
  }
}
