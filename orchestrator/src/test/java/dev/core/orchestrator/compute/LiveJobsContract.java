package dev.core.orchestrator.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What backends do besides whose jobs really run, on the clock that everybody has. */
public abstract class LiveJobsContract extends ComputeBackendContract {

  @Test
  void theLogIsFollowedFromBeforeTheJobBeginsWhileItGoesOn() throws Exception {
    var go = Files.createTempFile("go", "");
    Files.delete(go);
    var job = submitted("echo begun; until test -e " + go + "; do sleep 0.1; done; echo over");
    var lines = new ArrayList<String>();
    var cursor = new AtomicReference<String>();
    Runnable reads =
        () -> {
          var page = backend().logs(job.jobId(), cursor.get());
          lines.addAll(page.lines());
          cursor.set(page.next());
        };

    awaitLine("begun", lines, reads);
    assertThat(describe(job).status().ended()).isFalse();
    Files.createFile(go);
    awaitLine("over", lines, reads);

    assertThat(lines.stream().filter(line -> line.contains("begun"))).hasSize(1);
    awaitEnd(job);
    Files.delete(go);
  }

  private void awaitLine(String text, List<String> lines, Runnable reads) {
    await()
        .atMost(patience())
        .until(() -> {
          reads.run();
          return lines.stream().anyMatch(line -> line.contains(text));
        });
  }
}
