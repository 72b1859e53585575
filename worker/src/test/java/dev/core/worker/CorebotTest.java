package dev.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.protocol.WorkerExit;
import dev.core.common.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorebotTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesTheCommandsWithoutReadingSettings() {
    assertThat(corebot(Map.of("CORE_NONSENSE", "1"), "--help")).isZero();
    assertThat(out.toString()).contains("run").contains("serve").contains("list");
  }

  @Test
  void helpOfRunDocumentsEveryExitCode() {
    assertThat(corebot(Map.of(), "help", "run")).isZero();
    for (var exit : WorkerExit.values()) {
      assertThat(out.toString()).containsPattern("(?m)^ *" + exit.code() + " +\\S");
    }
  }

  @Test
  void wrongUsageIsExplainedAndExitsWithTwo() {
    assertThat(corebot(Map.of(), "run")).isEqualTo(2);
    assertThat(err.toString()).contains("--token").contains("Usage: corebot run");
    assertThat(corebot(Map.of(), "run", "--token", "t")).isEqualTo(2);
    assertThat(err.toString()).contains("--job-id").contains("AWS_BATCH_JOB_ID");
    assertThat(corebot(Map.of(), "sevre")).isEqualTo(2);
  }

  @Test
  void brokenSettingsAreNamedAllAtOnceWithoutAStackTrace() {
    var environment = Map.of("CORE_LOCAL_SLOTS", "none", "CORE_MODE", "dream");

    assertThat(corebot(environment, "serve")).isEqualTo(2);
    assertThat(err.toString())
        .contains("CORE_LOCAL_SLOTS")
        .contains("CORE_MODE")
        .doesNotContain("\tat ");
  }

  @Test
  void anAttemptThatNobodyKnowsIsRefused() {
    var environment = Map.of("CORE_HOME", folder.resolve("home").toString());

    assertThat(corebot(environment, "run", "--token", "unknown", "--job-id", "1"))
        .isEqualTo(WorkerExit.CLAIM_REFUSED.code());
  }

  private int corebot(Map<String, String> environment, String... arguments) {
    return Corebot.commandLine(() -> Settings.load(environment, folder))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
