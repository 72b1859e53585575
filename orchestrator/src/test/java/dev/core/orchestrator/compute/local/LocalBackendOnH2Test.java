package dev.core.orchestrator.compute.local;

import java.util.Map;

/** With the embedded database, which this process and the workers share. */
class LocalBackendOnH2Test extends LocalBackendTests {

  @Override
  Map<String, String> databaseSettings() {
    return Map.of();
  }

  /** It is a file of the test's own folder. */
  @Override
  void drop() {}
}
