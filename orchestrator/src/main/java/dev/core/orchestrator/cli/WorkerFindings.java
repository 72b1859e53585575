package dev.core.orchestrator.cli;

import dev.core.common.json.Json.MalformedJson;
import dev.core.common.settings.Settings;
import dev.core.orchestrator.compute.Finding;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What is found of the workers of this machine, which local mode needs and the cloud does not. */
final class WorkerFindings {

  private WorkerFindings() {}

  static List<Finding> of(Settings settings, Engine engine) throws InterruptedException {
    var findings = new ArrayList<Finding>();
    findings.add(corebot(settings, engine));
    settings
        .transformationsDirectory()
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(folder ->
            findings.add(
                Finding.bad(
                    "transformations",
                    "CORE_TRANSFORMATIONS_DIR is %s, which is no folder".formatted(folder),
                    "make it, or unset CORE_TRANSFORMATIONS_DIR")));
    settings
        .secretsFile()
        .ifPresent(file ->
            findings.add(
                Files.isReadable(file)
                    ? Finding.good("secrets", file.toString())
                    : Finding.bad(
                        "secrets",
                        "CORE_SECRETS_FILE is %s, which cannot be read".formatted(file),
                        "make it, or unset CORE_SECRETS_FILE")));
    return findings;
  }

  private static Finding corebot(Settings settings, Engine engine) throws InterruptedException {
    try {
      int templates = TemplateSync.read(engine.transformations(settings)).size();
      return Finding.good(
          "workers",
          "corebot starts and runs %,d templates; %,d attempts at once"
              .formatted(templates, settings.localSlots()));
    } catch (Refused | MalformedJson e) {
      return Finding.bad(
          "workers",
          "corebot does not start: " + e.getMessage(),
          "script/build makes it; corebot list says more");
    }
  }
}
