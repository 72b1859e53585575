package dev.core.orchestrator.store;

import dev.core.common.configuration.PipelineListing;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Lists pipelines with their newest runs, also those that would not validate. */
public final class PipelineQueries {

  private final Jdbi jdbi;

  public PipelineQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** All pipelines, by name. */
  public List<PipelineSummary> list() {
    var runs = new RunQueries(jdbi).newestByPipeline();
    return jdbi.withHandle(handle -> {
      var pauses = PauseRows.read(handle);
      var schedules = ScheduleRows.read(handle);
      return PipelineListing.list(handle).stream()
          .map(pipeline -> {
            var schedule = schedules.get(pipeline.name());
            return PipelineSummary.of(
                pipeline,
                PauseRows.of(pauses, pipeline.name()).orElse(null),
                schedule == null ? null : schedule.blocked(),
                runs.get(pipeline.name()));
          })
          .toList();
    });
  }

  public boolean exists(String pipeline) {
    return jdbi.withHandle(handle -> Timetables.exists(handle, pipeline));
  }

  /** The names of all pipelines. */
  public List<String> names() {
    return jdbi.withHandle(PipelineListing::list).stream().map(PipelineListing::name).toList();
  }
}
