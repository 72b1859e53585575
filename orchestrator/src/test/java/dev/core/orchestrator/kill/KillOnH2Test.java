package dev.core.orchestrator.kill;

import java.util.List;
import java.util.Map;

/** With the embedded database, of which each process in turn is the server. */
class KillOnH2Test extends KillTests {

  @Override
  Map<String, String> databaseSettings() {
    return Map.of();
  }

  /** All at once first, when nobody is left who has the database open. */
  @Override
  List<Integer> kills() {
    return List.of(3, 1, 2, 3);
  }

  /** It is a file of the test's own folder. */
  @Override
  void drop() {}
}
