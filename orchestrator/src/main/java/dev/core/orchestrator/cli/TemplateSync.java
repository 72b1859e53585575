package dev.core.orchestrator.cli;

import dev.core.common.configuration.ConfigurationStore;
import dev.core.common.configuration.PipelineStateType;
import dev.core.common.configuration.TransformationTemplate;
import dev.core.common.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what workers can run as templates of the store. A template that they do not know is
 * left alone.
 */
final class TemplateSync {

  private final ConfigurationStore store;

  TemplateSync(ConfigurationStore store) {
    this.store = store;
  }

  /**
   * What became of the templates, by name.
   *
   * @param unknown in the store, and not in this installation
   */
  record Result(
      List<String> created, List<String> changed, List<String> unchanged, List<String> unknown) {}

  static List<PublishedTemplate> read(String json) {
    return List.of(Json.read(json, PublishedTemplate[].class));
  }

  Result publish(List<PublishedTemplate> published) {
    var rows = new LinkedHashMap<String, TransformationTemplate>();
    store.transformationTemplates().list().forEach(row -> rows.put(row.name(), row));
    var result =
        new Result(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    published.forEach(each -> publish(each, rows.remove(each.name()), result));
    result.unknown().addAll(rows.keySet());
    return result;
  }

  private void publish(
      PublishedTemplate template, @Nullable TransformationTemplate row, Result result) {
    var stateType = stateType(template);
    if (row == null) {
      var _ = store.transformationTemplates().insert(template.created(stateType));
      result.created().add(template.name());
    } else if (template.isSameAs(row, stateType)) {
      result.unchanged().add(template.name());
    } else {
      var _ = store.transformationTemplates().update(template.changed(row, stateType));
      result.changed().add(template.name());
    }
  }

  private @Nullable Long stateType(PublishedTemplate template) {
    var name = template.stateType();
    if (name == null) {
      return null;
    }
    Map<String, Long> ids = new LinkedHashMap<>();
    for (PipelineStateType type : store.pipelineStateTypes().list()) {
      ids.put(type.name(), type.id());
    }
    var id = ids.get(name);
    if (id == null) {
      throw Names.unknown(
          "state type (of template %s)".formatted(template.name()),
          name,
          ids.keySet(),
          "add it to pipeline_state_types");
    }
    return id;
  }
}
