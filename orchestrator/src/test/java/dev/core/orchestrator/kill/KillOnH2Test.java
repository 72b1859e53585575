package dev.core.orchestrator.kill;

import java.util.List;
import java.util.Map;

/** With the embedded database, of which each process in turn is the server. */
class KillOnH2Test extends KillTests {

  @Override
  Map<String, String> databaseSettings() {
    return Map.of();
  }

  /** Once: it takes many seconds until another process may serve the database. */
  @Override
  List<Integer> kills() {
    return List.of(3);
  }

  /** It is a file of the test's own folder. */
  @Override
  void drop() {}
}
