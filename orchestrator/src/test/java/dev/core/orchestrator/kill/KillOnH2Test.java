package dev.core.orchestrator.kill;

import java.util.Map;

/** With the embedded database, of which each process in turn is the server. */
class KillOnH2Test extends KillTests {

  @Override
  Map<String, String> databaseSettings() {
    return Map.of();
  }

  /** It is a file of the test's own folder. */
  @Override
  void drop() {}
}
