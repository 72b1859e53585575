package dev.core.orchestrator.compute.cloud.publish;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A program in the place of docker: it notes what it was called with, and a push reaches the
 * emulated registry. Every line that it is called with stands in {@link #calls}; what it got on
 * standard input is added to it.
 */
public final class FakeDocker {

  private final Path program;
  private final Path notes;

  private FakeDocker(Path program, Path notes) {
    this.program = program;
    this.notes = notes;
  }

  /**
   * @param registry that a push reaches
   * @param fails the command that fails, such as {@code push}; empty: none
   */
  public static FakeDocker in(Path folder, URI registry, String fails) throws IOException {
    Path program = folder.resolve("docker");
    Path notes = folder.resolve("notes");
    Files.writeString(
        program,
        """
        #!/usr/bin/env bash
        note="$*"
        while [[ $1 == --config ]]; do shift 2; done
        command=$1
        [[ $command == login ]] && note="$note < $(cat)"
        echo "$note" | sed 's/--config [^ ]*/--config TEMPORARY/' >> '%1$s'
        if [[ $command == '%4$s' ]]; then echo "denied: no $command today"; exit 1; fi
        case $command in
          version) echo 20.10.24 ;;
          context) echo unix:///var/run/docker.sock ;;
          push)
            image=${2##*/}
            body="{\\"repositoryName\\":\\"${image%%%%:*}\\",\\"imageTag\\":\\"${image##*:}\\",\\"imageManifest\\":\\"of $(cat '%1$s.content' 2> /dev/null)\\"}"
            exec 3<> /dev/tcp/%2$s/%3$d
            printf 'POST / HTTP/1.1\\r\\nHost: registry\\r\\nX-Amz-Target: AmazonEC2ContainerRegistry_V20150921.PutImage\\r\\nContent-Length: %%d\\r\\nConnection: close\\r\\n\\r\\n%%s' ${#body} "$body" >&3
            head -1 <&3 | grep -q ' 200 ' || { echo 'the registry refused'; exit 1; }
            echo "pushed $2" ;;
          *) echo "$command done" ;;
        esac
        """
            .formatted(notes, registry.getHost(), registry.getPort(), fails));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new FakeDocker(program, notes);
  }

  public String program() {
    return program.toString();
  }

  /** What is built from now on has another content, so another digest. */
  public void content(String text) throws IOException {
    Files.writeString(Path.of(notes + ".content"), text);
  }

  /** Its command lines so far. */
  public List<String> calls() throws IOException {
    return Files.exists(notes) ? Files.readAllLines(notes) : List.of();
  }
}
