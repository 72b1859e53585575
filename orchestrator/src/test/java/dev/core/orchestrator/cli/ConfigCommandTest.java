package dev.core.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.configuration.ConfigurationMocker;
import dev.core.common.configuration.yaml.ConfigurationYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

  @TempDir Path home;

  private String example() {
    try (var mocker = new ConfigurationMocker()) {
      mocker.generateMocks();
      return new ConfigurationYaml(mocker.database().jdbi(), mocker.database().dialect()).export();
    }
  }

  @Test
  void whatWasExportedIsImportedAndExportedAgainByteForByte() throws Exception {
    var yaml = example();
    Files.writeString(home.resolve("core.yaml"), yaml);
    var core = new CoreUnderTest(home);

    var preview = core.run("config", "import", "core.yaml", "--dry-run");
    assertThat(preview.code()).as(preview.err()).isZero();
    assertThat(preview.out()).contains("mock_pipeline", "nothing was changed");
    assertThat(core.run("pipelines", "--json").json()).isEmpty();

    assertThat(
            core.run("config", "import", "core.yaml", "--json").json().path("written").asBoolean())
        .isTrue();
    assertThat(core.run("config", "export").out()).isEqualTo(yaml);
    assertThat(core.run("config", "export", "--json").json().path("yaml").asText()).isEqualTo(yaml);
    assertThat(core.run("config", "export", "--pipeline", "mock_pipline").err())
        .contains("mock_pipeline");
  }

  @Test
  void brokenFileIsRefusedWithItsLines() throws Exception {
    Files.writeString(home.resolve("core.yaml"), "nonsense: [1\n");
    var core = new CoreUnderTest(home);

    var ended = core.run("config", "import", "core.yaml");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("core.yaml cannot be imported", "line ");
    assertThat(core.run("config", "import", "missing.yaml").err()).contains("there is no file");
    assertThat(core.run("config").code()).isEqualTo(2);
  }

  @Test
  void importedPipelineIsListedShownAndDrawn() throws Exception {
    Files.writeString(home.resolve("core.yaml"), example());
    var core = new CoreUnderTest(home);
    assertThat(core.run("config", "import", "core.yaml").code()).isZero();

    assertThat(core.run("pipelines").out()).contains("mock_pipeline", "never run");
    assertThat(core.run("pipelines", "show", "mock_pipeline").out()).contains("mock_extract");
    assertThat(core.run("dag", "mock_pipeline").out())
        .contains("o raw_group_step_0", "`-- mock_pipeline_raw_mock_extract_");
    assertThat(core.run("dag", "mock_pipeline", "--json").json().path("edges")).hasSize(3);
    assertThat(core.run("dag", "mock_pipeline", "--dot").out()).startsWith("digraph");
    assertThat(core.run("dag", "mock_pipeline", "--mermaid").out()).startsWith("flowchart");
    assertThat(core.run("dag", "mock_pipeline", "--mermaid", "--dot").code()).isEqualTo(2);
    assertThat(core.run("dag", "mock_pipeline", "--json", "--dot").code()).isEqualTo(2);
    assertThat(core.run("dag", "mock_pipelnie").err()).contains("there is: mock_pipeline");
  }
}
