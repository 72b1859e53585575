package dev.core.common.configuration;

import dev.core.common.definition.Datatype;
import dev.core.common.variables.VariableStructure;
import dev.core.common.variables.VariableStructures;
import java.util.Map;

/** The example that {@link ConfigurationMocker} gives. */
final class MockConfiguration {
  private MockConfiguration() {}

  static void addTo(ConfigurationStore store) {
    long client = store.clients().insert(Client.named("mock_client"));
    long brand = store.brands().insert(Brand.named("mock_brand", client));
    long type = store.pipelineTypes().insert(PipelineType.named("mock_type"));
    long pipeline = store.pipelines().insert(Pipeline.named("mock_pipeline", brand, type));
    long extract =
        store
            .transformationTemplates()
            .insert(
                TransformationTemplate.named(
                    "mock_extract",
                    VariableStructures.write(
                        Map.of(
                            "source",
                            VariableStructure.required(Datatype.STRING, "Where the data is"),
                            "delimiter",
                            VariableStructure.withDefault(
                                Datatype.STRING, "Between two fields", ",")))));
    long load =
        store
            .transformationTemplates()
            .insert(
                TransformationTemplate.named(
                    "mock_load",
                    VariableStructures.write(
                        Map.of(
                            "table",
                            VariableStructure.required(Datatype.STRING, "Where the data goes")))));
    long inRaw = inState(store, pipeline, "raw", extract);
    long inIngest = inState(store, pipeline, "ingest", load);
    set(store, inRaw, "source", "s3://mock/${logical_date}");
    set(store, inIngest, "table", "mock");
  }

  private static long inState(
      ConfigurationStore store, long pipeline, String stateType, long template) {
    var type = store.pipelineStateTypes().findBy("name", stateType).orElseThrow();
    long state =
        store.pipelineStates().insert(new PipelineState(0, pipeline, type.id(), type.graphOrder()));
    return store.transformations().insert(Transformation.of(state, template, 0));
  }

  private static void set(
      ConfigurationStore store, long transformation, String name, String value) {
    store
        .transformationVariables()
        .insert(new TransformationVariable(0, transformation, name, value));
  }
}
