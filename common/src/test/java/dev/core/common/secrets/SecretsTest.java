package dev.core.common.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.common.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "partner, dev/general/partner/read",
    "sftp/partner, dev/sftp/partner/read",
    "sftp/partner/write, dev/sftp/partner/write",
    "prod/sftp/partner/write, prod/sftp/partner/write"
  })
  void partsOfANameMayBeLeftOut(String text, String path) {
    assertThat(Secret.parse(text, "dev").path()).isEqualTo(path);
  }

  @Test
  void aTextThatIsNoNameIsNotShown() {
    assertThatThrownBy(() -> Secret.parse("hunter 2!", "dev"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<environment>/<type>/<name>/<mode>")
        .hasMessageNotContaining("hunter");
  }

  @Test
  void aJsonFileGivesTextsAndDocuments() throws IOException {
    var secrets =
        secrets(
            "s.json",
            """
            {"dev/sftp/partner/read": "hunter2", "dev/database/x/write": {"user": "ann"}}
            """);

    assertThat(secrets.value("sftp/partner").reveal()).isEqualTo("hunter2");
    assertThat(secrets.value("database/x/write").reveal()).isEqualTo("{\"user\":\"ann\"}");
  }

  @Test
  void whatAnEnvironmentHasWinsOverWhatAllShare() throws IOException {
    var secrets =
        secrets(
            "s.properties", "all/sftp/a/read=shared\nall/sftp/b/read=shared\ndev/sftp/b/read=own");

    assertThat(secrets.value("sftp/a").reveal()).isEqualTo("shared");
    assertThat(secrets.value("sftp/b").reveal()).isEqualTo("own");
  }

  @Test
  void aForcedEnvironmentHasNoSecondAlsoAfterTheSecondWasFound() throws IOException {
    var secrets = secrets("s.properties", "all/sftp/a/read=shared");

    assertThat(secrets.value("sftp/a").reveal()).isEqualTo("shared");
    assertThatThrownBy(() -> secrets.value("dev/sftp/a/read"))
        .isInstanceOf(SecretMissing.class)
        .hasMessageStartingWith("there is no secret 'dev/sftp/a/read'; looked in: ");
  }

  @Test
  void aMissingSecretTellsWhatWasTriedAndWhere() throws IOException {
    var secrets = secrets("s.properties", "all/sftp/a/read=hunter2");

    assertThatThrownBy(() -> secrets.value("sftp/b"))
        .isInstanceOf(SecretMissing.class)
        .hasMessage(
            "there is no secret 'dev/sftp/b/read', nor 'all/sftp/b/read'; looked in: "
                + directory.resolve("s.properties"));
    assertThatThrownBy(() -> Secrets.of(Settings.load(Map.of(), directory)).value("sftp/b"))
        .hasMessageContaining("CORE_SECRETS_FILE is not set");
  }

  @Test
  void valuesAreNotShown() throws IOException {
    var secrets = secrets("s.properties", "all/sftp/a/read=hunter2");

    assertThat(secrets.value("sftp/a").toString()).isEqualTo("(hidden)");
    assertThatThrownBy(() -> secrets("s.json", "{\"dev/x/y/z\": hunter2}").value("y"))
        .hasMessageContaining("is not JSON")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
  }

  private Secrets secrets(String name, String text) throws IOException {
    var file = Files.writeString(directory.resolve(name), text);
    return Secrets.of(Settings.load(Map.of("CORE_SECRETS_FILE", file.toString()), directory));
  }
}
