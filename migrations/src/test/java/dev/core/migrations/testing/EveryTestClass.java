package dev.core.migrations.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What holds for the test classes of all modules, without their asking: who awaits something looks
 * for it often; and a class that has begun is named by a file until it has ended, so that {@code
 * script/test} can name those that did not end when their JVM was killed.
 */
public final class EveryTestClass implements BeforeAllCallback, AfterAllCallback {

  /** The folder of those files; without it there are none. */
  private static final String RUNNING = "core.test.running";

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  static {
    Awaitility.setDefaultPollInterval(LOOK_EVERY);
    Awaitility.setDefaultPollDelay(Duration.ZERO);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    var file = file(context);
    if (file != null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    var file = file(context);
    if (file != null) {
      Files.deleteIfExists(file);
    }
  }

  private static @Nullable Path file(ExtensionContext context) {
    var folder = System.getProperty(RUNNING);
    return folder == null ? null : Path.of(folder, context.getRequiredTestClass().getName());
  }
}
