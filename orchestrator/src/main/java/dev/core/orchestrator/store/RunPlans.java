package dev.core.orchestrator.store;

import dev.core.common.definition.PipelineDefinition;
import dev.core.common.json.Json;
import dev.core.orchestrator.engine.RunPlan;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads sealed definitions back, each once. Used by one thread. */
final class RunPlans {

  private final Handle handle;
  private final Map<String, RunPlan> plans = new HashMap<>();

  RunPlans(Handle handle) {
    this.handle = handle;
  }

  RunPlan of(String sha256) {
    return plans.computeIfAbsent(
        sha256,
        _ -> {
          String json =
              handle
                  .createQuery(
                      "select definition from execution.definitions where sha256 = :sha256")
                  .bind("sha256", sha256)
                  .mapTo(String.class)
                  .one();
          return RunPlan.of(Json.read(json, PipelineDefinition.class), sha256);
        });
  }
}
