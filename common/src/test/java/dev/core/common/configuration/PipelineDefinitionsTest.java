package dev.core.common.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.common.definition.Datatype;
import dev.core.common.definition.ParameterDefinition;
import dev.core.common.definition.PipelineDefinition;
import dev.core.common.definition.Resources;
import dev.core.common.definition.StateDefinition;
import dev.core.common.definition.TransformationDefinition;
import dev.core.common.definition.VariableDefinition;
import dev.core.common.definition.VariableDefinition.Direction;
import dev.core.migrations.testing.BothDatabases;
import dev.core.migrations.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

class PipelineDefinitionsTest {
  private static final String STRUCTURES =
      """
      {"source": {"datatype": "string"},
       "delimiter": {"datatype": "string", "default": ","},
       "limit": {"datatype": "integer", "required": false},
       "output": {"datatype": "dataset", "direction": "output"}}
      """;

  @BothDatabases
  void aPipelineIsReadWithDefaultsFilledInAndOverridesApplied(TestDatabase test) {
    try (var session = session(test)) {
      var store = session.store();
      long pipeline = pipeline(store, "p");
      store
          .pipelineParameters()
          .insert(new PipelineParameter(0, pipeline, "day", Datatype.DATE, null, null));
      long pool = store.pools().insert(new Pool(0, "narrow", 2, null));
      long template =
          store
              .transformationTemplates()
              .insert(
                  new TransformationTemplate(
                      0,
                      "parse",
                      null,
                      STRUCTURES,
                      null,
                      BigDecimal.ONE,
                      512,
                      60,
                      2,
                      300,
                      pool,
                      "image_1",
                      "queue_1",
                      "${parameter.months}"));
      state(store, pipeline, "ingest", 20);
      long raw = state(store, pipeline, "raw", 10);
      long second = store.transformations().insert(Transformation.of(raw, template, 5));
      long first =
          store
              .transformations()
              .insert(
                  new Transformation(
                      0,
                      raw,
                      template,
                      1,
                      null,
                      new BigDecimal("0.50"),
                      null,
                      30,
                      null,
                      0,
                      null,
                      "image_2",
                      "queue_2",
                      "1"));
      long third = store.transformations().insert(Transformation.of(raw, template, 5));
      set(store, first, "source", "a");
      set(store, first, "delimiter", ";");
      set(store, first, "output", "rows");
      set(store, first, "undeclared", "x");

      var definition = PipelineDefinitions.read(session.handle(), "p").orElseThrow();

      assertThat(definition.client()).isEqualTo("client_p");
      assertThat(definition.brand()).isEqualTo("brand");
      assertThat(definition.pipelineType()).isEqualTo("type_p");
      assertThat(definition.parameters())
          .containsExactly(new ParameterDefinition("day", Datatype.DATE, null, null));
      assertThat(definition.states())
          .extracting(StateDefinition::state)
          .containsExactly("raw", "ingest");
      assertThat(definition.states().getLast().transformations()).isEmpty();
      var transformations = definition.states().getFirst().transformations();
      assertThat(transformations)
          .extracting(TransformationDefinition::id)
          .containsExactly(first, second, third);
      assertThat(transformations.getFirst().resources())
          .isEqualTo(
              new Resources(new BigDecimal("0.5"), 512, 30, 2, 0, "narrow", "image_2", "queue_2"));
      assertThat(transformations.getLast().resources().jobQueue()).isEqualTo("queue_1");
      assertThat(transformations)
          .extracting(TransformationDefinition::partitions)
          .containsExactly(null, "${parameter.months}", "${parameter.months}");
      assertThat(transformations.getFirst().variables())
          .containsOnly(
              Map.entry("source", text("a")),
              Map.entry("delimiter", text(";")),
              Map.entry("undeclared", text("x")),
              Map.entry(
                  "output", new VariableDefinition(Datatype.DATASET, Direction.OUTPUT, "rows")));
      assertThat(transformations.getLast().variables())
          .containsOnly(Map.entry("delimiter", text(",")));
    }
  }

  @BothDatabases
  void bothDatabasesGiveTheSameDigestForTheSameRecords(TestDatabase test) {
    try (var session = session(test)) {
      example(session.store(), "p");

      var json = PipelineDefinitions.read(session.handle(), "p").orElseThrow().canonicalJson();

      assertThat(PipelineDefinition.sha256(json))
          .as(json)
          .isEqualTo("6d92e64cefd2f16864b9b2cf4ce7c8361284adbd60041157992c4fe2c075faf8");
    }
  }

  @BothDatabases
  void theNumberOfQueriesDoesNotDependOnTheNumberOfPipelines(TestDatabase test) {
    var database = Database.over(test.dataSource(), Dialect.of(test.url()));
    var queries = new AtomicInteger();
    database
        .jdbi()
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logAfterExecution(StatementContext context) {
                queries.incrementAndGet();
              }
            });
    try (var session = ConfigurationSession.on(database, "tester")) {
      for (int i = 0; i < 20; i++) {
        example(session.store(), "p" + i);
      }
      session.commit();
      queries.set(0);

      var all = session.pipelines();

      assertThat(all).hasSize(20);
      assertThat(all).allSatisfy(each -> assertThat(each.states()).hasSize(1));
      assertThat(queries).hasValue(6);
      assertThat(session.pipeline("p7"))
          .contains(
              all.stream().filter(each -> each.name().equals("p7")).findFirst().orElseThrow());
      assertThat(PipelineListing.list(session.handle()))
          .hasSize(20)
          .allSatisfy(each -> assertThat(each.transformations()).isEqualTo(1));
    }
  }

  @BothDatabases
  void aDefinitionIsReadInOneSnapshotOnAHandleOfItsOwn(TestDatabase test) {
    var database = Database.over(test.dataSource(), Dialect.of(test.url()));
    try (var session = session(test)) {
      example(session.store(), "p");
      session.commit();
      var editedOnce = new AtomicInteger();
      database
          .jdbi()
          .setSqlLogger(
              new SqlLogger() {
                @Override
                public void logAfterExecution(StatementContext context) {
                  if (editedOnce.getAndIncrement() == 0) {
                    session.handle().execute("delete from configuration.transformations");
                    session.commit();
                  }
                }
              });

      var before = database.jdbi().withHandle(h -> PipelineDefinitions.read(h, "p"));
      var after = database.jdbi().withHandle(h -> PipelineDefinitions.read(h, "p"));

      assertThat(before.orElseThrow().states().getFirst().transformations()).hasSize(1);
      assertThat(after.orElseThrow().states().getFirst().transformations()).isEmpty();
    }
  }

  @BothDatabases
  void anUnknownPipelineIsAbsent(TestDatabase test) {
    try (var session = session(test)) {
      assertThat(session.pipeline("nobody")).isEmpty();
    }
  }

  private static void example(ConfigurationStore store, String name) {
    long pipeline = pipeline(store, name);
    long state = state(store, pipeline, "raw", 10);
    long template =
        store
            .transformationTemplates()
            .insert(TransformationTemplate.named("template_" + name, STRUCTURES));
    long transformation = store.transformations().insert(Transformation.of(state, template, 0));
    set(store, transformation, "source", "a");
  }

  private static long pipeline(ConfigurationStore store, String name) {
    long client = store.clients().insert(Client.named("client_" + name));
    long brand = store.brands().insert(Brand.named("brand", client));
    long type = store.pipelineTypes().insert(PipelineType.named("type_" + name));
    return store.pipelines().insert(Pipeline.named(name, brand, type));
  }

  private static long state(ConfigurationStore store, long pipeline, String type, int order) {
    long typeId = store.pipelineStateTypes().findBy("name", type).orElseThrow().id();
    return store.pipelineStates().insert(new PipelineState(0, pipeline, typeId, order));
  }

  private static void set(
      ConfigurationStore store, long transformation, String name, String value) {
    store
        .transformationVariables()
        .insert(new TransformationVariable(0, transformation, name, value));
  }

  private static VariableDefinition text(String value) {
    return new VariableDefinition(Datatype.STRING, Direction.INPUT, value);
  }

  private static ConfigurationSession session(TestDatabase test) {
    return ConfigurationSession.on(
        Database.over(test.dataSource(), Dialect.of(test.url())), "tester");
  }
}
