package dev.core.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.core.common.process.LiveProcess;
import dev.core.worker.transformation.ChildPrograms.ChildProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("local")
class ChildProcessesTest {

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

  @Test
  void linesOfBothStreamsAndTheExitCodeArePassedOn() throws Exception {
    int exit = run("echo one; echo two >&2; printf 'no end'; exit 7");

    assertThat(exit).isEqualTo(7);
    assertThat(lines).containsExactlyInAnyOrder("OUT one", "ERR two", "OUT no end");
    assertThat(outputs()).isEmpty();
  }

  @Test
  void linesArriveWhileTheProgramRuns() throws Exception {
    var thread = Thread.ofVirtual().start(() -> runQuietly("echo ready; sleep 60"));

    await().atMost(Duration.ofSeconds(5)).until(() -> lines.contains("OUT ready"));
    thread.interrupt();
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void standardInputIsEmptyAndTheEnvironmentIsTheOneGiven() throws Exception {
    var program =
        new ChildProgram(
            List.of("/bin/sh", "-c", "cat; echo $COLOUR; pwd"), Map.of("COLOUR", "red"), folder);
    int exit = children().run(program, (stream, line) -> lines.add(line));

    assertThat(exit).isZero();
    assertThat(lines).containsExactly("red", folder.toRealPath().toString());
  }

  @Test
  void aProgramThatDoesNotExistIsAnError() {
    var program = new ChildProgram(List.of("/no/such/program"), Map.of(), folder);

    assertThatThrownBy(() -> children().run(program, (stream, line) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/no/such/program");
  }

  @Test
  void anInterruptEndsTheProgramAndAllThatItStarted() throws Exception {
    var thread = Thread.ofVirtual().start(() -> runQuietly(FAMILY));
    var family = awaitFamily("1", "2", "3");

    thread.interrupt();

    assertThat(thread.join(Duration.ofSeconds(15))).isTrue();
    assertThat(family).noneMatch(LiveProcess::isAlive);
  }

  @Test
  void aKilledParentTakesAllThatItStartedWithIt() throws Exception {
    var parent = parent(FAMILY);
    var family = awaitFamily("1", "2", "3");

    parent.destroyForcibly();

    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> family.stream().noneMatch(LiveProcess::isAlive));
  }

  @Test
  void backgroundProcessesDoNotHoldUpTheEndAndGoWithTheParent() throws Exception {
    var parent = parent("sleep 600 & echo $! > 1");
    var family = awaitFamily("1");

    assertThat(parent.waitFor()).isZero();

    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> family.stream().noneMatch(LiveProcess::isAlive));
  }

  /** A program, its child, and one that lost its parent; each leaves its number in a file. */
  private static final String FAMILY =
      """
      echo $$ > 1
      sleep 600 & echo $! > 2
      (sh -c 'echo $$ > 3; exec sleep 600' &)
      wait
      """;

  private List<ProcessHandle> awaitFamily(String... files) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Stream.of(files).allMatch(file -> !pid(file).isEmpty()));
    return Stream.of(files)
        .flatMap(file -> ProcessHandle.of(Long.parseLong(pid(file))).stream())
        .toList();
  }

  private String pid(String name) {
    try {
      var file = folder.resolve(name);
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process parent(String script) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ParentProgram.class.getName(),
            folder.toString(),
            script)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("parent.log").toFile())
        .start();
  }

  private List<Path> outputs() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  private ChildProcesses children() {
    return new ChildProcesses(UUID.randomUUID().toString(), folder);
  }

  private int run(String script) throws IOException, InterruptedException {
    var program = new ChildProgram(List.of("/bin/sh", "-c", script), Map.of(), folder);
    return children().run(program, (stream, line) -> lines.add(stream + " " + line));
  }

  private void runQuietly(String script) {
    var failure = new AtomicReference<Exception>();
    try {
      var _ = run(script);
    } catch (IOException | InterruptedException e) {
      failure.set(e);
    }
    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
  }
}
