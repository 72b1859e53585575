package dev.core.orchestrator.kill;

import java.util.List;
import java.util.Map;

/** With the embedded database, of which each process in turn is the server. */
class KillOnH2Test extends KillTests {

  @Override
  Map<String, String> databaseSettings() {
    return Map.of();
  }

  /**
   * The orchestrator alone, once: it takes many seconds until another process may serve the
   * database. All at once is for Postgres: docs/operations.md says what the embedded database does
   * not promise then.
   */
  @Override
  List<Integer> kills() {
    return List.of(1);
  }

  /** It is a file of the test's own folder. */
  @Override
  void drop() {}
}
