package dev.core.demo;

import java.util.Map;

/** The demo as {@code script/demo} runs it: in the embedded database. */
class DemoOnH2Test extends DemoTests {

  @Override
  Map<String, String> database() {
    return Map.of();
  }
}
