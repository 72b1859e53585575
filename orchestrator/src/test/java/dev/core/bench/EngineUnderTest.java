package dev.core.bench;

import dev.core.bench.Report.EngineFigure;
import java.util.List;

/** To be measured as soon as there is an engine. */
final class EngineUnderTest {

  private EngineUnderTest() {}

  static List<EngineFigure> measure(DurableDatabase database) {
    return List.of();
  }
}
