package dev.core.worker.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.core.worker.attempt.Attempts;
import dev.core.worker.process.ChildProcesses;
import dev.core.worker.transformation.ConfigurationFault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {

  @TempDir Path folder;

  private Attempts shell(String command) {
    return new Attempts(new Shell(), folder)
        .with("command", command)
        .children(new ChildProcesses("shell-test", folder.resolve("output-of-children")));
  }

  @Test
  void datasetsAndResultPassThroughTheEnvironment() throws Exception {
    var names = Files.writeString(folder.resolve("names.csv"), "name\nATL\nBOS\n");
    var outcome =
        shell(
                """
                sed s/^/x/ "$CORE_INPUT_NAMES/names.csv" > "$CORE_OUTPUT/out.csv"
                echo "{\\"day\\": \\"$CORE_LOGICAL_DATE\\", \\"greeting\\": \\"$GREETING\\"}" > "$CORE_RESULT"
                """)
            .reading("names", names)
            .with("output_format", "csv")
            .with("env", "{\"GREETING\": \"hello\", \"N\": 3}")
            .run();
    assertThat(Attempts.csv(outcome, "output")).isEqualTo("xname\nxATL\nxBOS\n");
    assertThat(outcome.result().toString())
        .isEqualTo("{\"day\":\"2001-01-01T00:00:00Z\",\"greeting\":\"hello\"}");
  }

  @Test
  void theWorkersOwnLoginIsBlankedForTheCommand() throws Exception {
    var outcome =
        shell(
                """
                test "$${CORE_DATABASE_URL+blank}$${CORE_DATABASE_URL}" = blank &&
                test "$${CORE_DATABASE_PASSWORD+blank}$${CORE_DATABASE_PASSWORD}" = blank &&
                test "$${CORE_WORKER_DATABASE_PASSWORD+blank}$${CORE_WORKER_DATABASE_PASSWORD}" = blank
                """)
            .run();

    assertThat(outcome.succeeded()).isTrue();
  }

  @Test
  void valuesOfSecretsAreInTheEnvironmentThatIsAskedFor() throws Exception {
    var outcome =
        shell("echo \"{\\\"is\\\": \\\"$TOKEN\\\"}\" > $CORE_RESULT")
            .with("secrets", "{\"TOKEN\": \"api/weather\"}")
            .run();

    assertThat(outcome.result().path("is").asText()).isEqualTo("value of api/weather");
    assertThatThrownBy(
            () -> shell("true").with("secrets", "{\"P\": \"sftp/partner#password\"}").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessage(
            "variable 'secrets': secret 'sftp/partner' has no key 'password', which P is to have");
  }

  @Test
  void exitCodeAndLastLineOfErrorsAreTheFailure() {
    assertThatThrownBy(
            () -> shell("echo fine; echo first >&2; echo 'no such thing' >&2; exit 3").run())
        .hasMessage("the command exited with 3: no such thing");
    assertThatThrownBy(() -> shell("exit 7").run()).hasMessage("the command exited with 7");
    assertThatThrownBy(() -> shell("kill -9 $$").run()).hasMessageContaining("exited with 137");
    assertThatThrownBy(() -> shell("true").with("env", "[1]").run())
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("'env'");
    assertThatThrownBy(() -> shell("echo nonsense > $CORE_RESULT").run())
        .hasMessageContaining("CORE_RESULT");
  }

  @Test
  void interruptEndsTheCommandAndWhatItStarted() throws Exception {
    var mark = folder.resolve("started");
    var attempt =
        shell("sleep 600 & echo $! > " + mark + ".tmp && mv " + mark + ".tmp " + mark + "; wait");
    var failure = new CompletableFuture<Throwable>();
    var thread =
        Thread.ofPlatform()
            .start(() -> {
              try {
                attempt.run();
                failure.complete(new AssertionError("it ended by itself"));
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    Awaitility.await().until(() -> Files.exists(mark));
    long sleeper = Long.parseLong(Files.readString(mark).strip());
    thread.interrupt();
    assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    Awaitility.await().until(() -> ProcessHandle.of(sleeper).map(p -> !p.isAlive()).orElse(true));
  }
}
