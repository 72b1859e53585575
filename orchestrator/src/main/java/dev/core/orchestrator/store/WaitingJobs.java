package dev.core.orchestrator.store;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Jobs of one backend and queue that have not begun, the first ones of a run. */
record WaitingJobs(String mode, String queue, List<String> jobIds) {

  private record Place(String mode, String queue) {}

  private record Waiting(Place place, String jobId) {}

  /** At most a hundred: who reads of more, reads of them. */
  static List<WaitingJobs> read(Handle handle, long runId) {
    var waiting =
        handle
            .select(
                """
                select a.mode, a.queue, j.job_id
                from execution.attempts a
                join execution.jobs j on j.attempt_id = a.id
                where a.run_id = :run and j.status = 'PENDING'
                order by j.attempt_id, j.job_id
                limit 100
                """)
            .bind("run", runId)
            .map((row, _) ->
                new Waiting(
                    new Place(row.getString("mode"), row.getString("queue")),
                    row.getString("job_id")))
            .list();
    return waiting.stream()
        .collect(groupingBy(Waiting::place, mapping(Waiting::jobId, toList())))
        .entrySet()
        .stream()
        .map(each -> new WaitingJobs(each.getKey().mode(), each.getKey().queue(), each.getValue()))
        .toList();
  }
}
