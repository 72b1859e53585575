package dev.core.common.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvTemplateTest {
  private static final Path TEMPLATE = Path.of("").toAbsolutePath().resolveSibling(".env.template");

  @Test
  void theTemplateOfTheRepositoryListsEverySettingWithItsDefault() throws IOException {
    if (Boolean.getBoolean("core.write")) {
      Files.writeString(TEMPLATE, EnvTemplate.text());
    }
    assertThat(TEMPLATE)
        .as("written by this test when it is run with -Dcore.write=true")
        .hasContent(EnvTemplate.text());
  }

  @Test
  void theTemplateAsDotEnvChangesNothing(@TempDir Path directory) throws IOException {
    var defaults = Settings.load(Map.of(), directory);
    var unset = defaults.forChildProcess();
    Files.writeString(directory.resolve(".env"), EnvTemplate.text());

    var settings = Settings.load(Map.of(), directory);

    assertThat(settings.database()).isEqualTo(defaults.database());
    assertThat(settings.forChildProcess().keySet()).isEqualTo(unset.keySet());
    settings
        .forChildProcess()
        .forEach((name, value) -> {
          var expected = Setting.valueOf(name).defaultText();
          assertThat(value).as(name).isEqualTo(expected == null ? "" : expected);
        });
  }

  @Test
  void everyDefaultIsAllowed() {
    for (var setting : Setting.values()) {
      var text = setting.defaultText();
      assertThat(text == null || setting.kind().accepts().test(text)).as(setting.name()).isTrue();
    }
  }
}
