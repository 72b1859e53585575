package dev.core.demo;

import java.nio.file.Path;
import java.util.Map;

/** The demo as {@code script/demo} runs it: in the embedded database. */
class DemoOnH2Test extends DemoTests {

  @Override
  Map<String, String> settings(Path folder) {
    return Map.of();
  }
}
