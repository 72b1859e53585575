package dev.core.orchestrator.compute.simulated;

import dev.core.migrations.testing.TestDatabase;
import dev.core.migrations.testing.TestDatabases;

class SimulatedContractOnPostgresTest extends SimulatedContractTests {

  @Override
  TestDatabase open() {
    return TestDatabases.postgres();
  }
}
