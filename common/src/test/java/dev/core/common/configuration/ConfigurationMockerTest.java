package dev.core.common.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationMockerTest {

  @Test
  void aFreshMockerIsEmptyThenHasTwoTemplatesThenThree() {
    try (var mocker = new ConfigurationMocker();
        var session = mocker.session()) {
      var templates = session.store().transformationTemplates();
      assertThat(templates.count()).isZero();

      mocker.generateMocks();
      assertThat(templates.count()).isEqualTo(2);

      templates.insert(TransformationTemplate.named("one_more", "{}"));
      assertThat(templates.count()).isEqualTo(3);
    }
  }

  @Test
  void twoDevSessionsDoNotSeeEachOthersRows(@TempDir Path directory) {
    var settings = Settings.load(Map.of(), directory);
    try (var one = SessionHelper.open(settings);
        var other = SessionHelper.open(settings)) {
      one.store().clients().insert(Client.named("only_here"));
      one.commit();

      assertThat(one.store().clients().findBy("name", "only_here")).isPresent();
      assertThat(other.store().clients().findBy("name", "only_here")).isEmpty();
      assertThat(other.store().transformationTemplates().count()).isEqualTo(2);
      assertThat(other.pipeline("mock_pipeline")).isPresent();
    }
    assertThat(Files.exists(directory.resolve(".core"))).isFalse();
  }

  @Test
  void aConfiguredDatabaseIsSharedAndNotFilled(@TempDir Path directory) {
    var settings =
        Settings.load(
            Map.of(
                "CORE_DATABASE_URL",
                "jdbc:h2:file:"
                    + directory.resolve("own")
                    + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "CORE_ACTOR",
                "ann",
                "CORE_DATABASE_USER",
                "sa"),
            directory);
    try (var session = SessionHelper.open(settings)) {
      session.store().clients().insert(Client.named("kept"));
      session.commit();
    }
    try (var session = SessionHelper.open(settings)) {
      assertThat(session.store().clients().list()).extracting(Client::name).containsExactly("kept");
      assertThat(session.store().transformationTemplates().count()).isZero();
    }
  }
}
