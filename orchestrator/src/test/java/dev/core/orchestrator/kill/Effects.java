package dev.core.orchestrator.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import dev.core.common.json.Json;
import dev.core.common.protocol.Outcome.WrittenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run did, by the journal, by the disk and by the tasks' own words: all must agree. */
final class Effects {

  private final Installed installed;

  Effects(Installed installed) {
    this.installed = installed;
  }

  private record Committed(String task, Path folder, String files) {}

  /** Every task of a run that succeeded took effect exactly once, and wholly. */
  void areOnceAndWhole(long run) {
    var committed =
        installed.withHandle(handle ->
            handle
                .createQuery(
                    """
                    select t.task_key, d.root, d.path, d.files
                    from execution.tasks t
                    join execution.attempts a
                      on a.run_id = t.run_id and a.task_index = t.task_index and a.status = 'SUCCEEDED'
                    left join execution.datasets d
                      on d.run_id = a.run_id and d.task_index = a.task_index and d.attempt_number = a.number
                    where t.run_id = :run and t.kind = 'TRANSFORMATION'
                    """)
                .bind("run", run)
                .map((row, _) ->
                    new Committed(
                        row.getString("task_key"),
                        Path.of(row.getString("root"), row.getString("path")),
                        row.getString("files")))
                .list());
    assertThat(committed).extracting(Committed::task).doesNotHaveDuplicates();
    assertThat(committed)
        .hasSize(
            (int)
                installed.number(
                    "select count(*) from execution.tasks where kind = 'TRANSFORMATION' and run_id = "
                        + run));
    assertThat(installed.number("select count(*) from execution.datasets where run_id = " + run))
        .as("datasets, of those attempts alone")
        .isEqualTo(committed.size());

    var began = installed.evidence.began();
    var did = installed.evidence.did();
    assertThat(began)
        .as("no attempt is begun twice")
        .allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    assertSoftly(softly -> {
      for (var each : committed) {
        softly.assertThat(did.get(real(each.folder()))).as(each.task()).isEqualTo(1);
        softly.assertThat(data(each)).as(each.task()).isEqualTo("first half\nsecond half\n");
      }
    });
    assertThat(
            installed.number(
                """
                select count(*) from execution.claims c
                join execution.attempts a on a.id = c.attempt_id
                where a.status not in ('SUCCEEDED', 'FAILED', 'CANCELLED') or c.has_news
                """))
        .as("attempts that are left over")
        .isZero();
  }

  /** The one file that the journal lists, if it is on the disk as it is listed. */
  private static String data(Committed committed) {
    var files = List.of(Json.read(committed.files(), WrittenFile[].class));
    assertThat(files).hasSize(1);
    var file = committed.folder().resolve(files.getFirst().path());
    try {
      assertThat(Files.size(file)).isEqualTo(files.getFirst().bytes());
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
