package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two orchestrators on the embedded database, which the first of them serves to the second. */
@Tag("local")
class StandByOnH2Test {

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Installed core;
  private Servers servers;

  @AfterEach
  void remove() {
    try (var _ = core;
        var _ = servers) {
      // Kill all.
    }
  }

  /** The leader is the one that serves the database to the other, too. */
  private enum End {
    ASKED {
      @Override
      void come(Process leader) throws InterruptedException {
        leader.destroy();
        assertThat(leader.waitFor()).isZero();
      }
    },
    KILLED {
      @Override
      void come(Process leader) {
        Programs.kill(leader.toHandle());
      }
    };

    abstract void come(Process leader) throws InterruptedException;
  }

  @ParameterizedTest
  @EnumSource
  void whenTheLeaderEndsTheOtherOneGoesOnWithTheRun(End end) throws Exception {
    core = new Installed(folder, Map.of());
    servers = new Servers(core);
    core.pipeline("kills", 3, 2);
    core.disconnect();
    var leader = servers.start();
    var standBy = servers.start();
    servers.awaitRole(leader, "leader");
    servers.awaitRole(standBy, "stand_by");
    long run = servers.startRun(standBy, "kills");
    core.disconnect();

    end.come(leader);
    long ended = System.nanoTime();
    servers.awaitRole(standBy, "leader");

    assertThat(Duration.ofNanos(System.nanoTime() - ended)).isLessThan(Duration.ofSeconds(10));
    core.awaitSucceeded(run);
    new Effects(core).areOnceAndWhole(run);
  }
}
