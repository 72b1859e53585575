package dev.core.orchestrator.engine;

import dev.core.orchestrator.dag.Dag;
import dev.core.orchestrator.engine.Why.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Why things wait for jobs that were asked to end. */
public final class EndingWhy {

  private EndingWhy() {}

  /**
   * Why a run is not over though all its tasks are: a job outlived its attempt, and its end is not
   * confirmed. Empty for any other run.
   */
  public static Optional<Why> of(Run run) {
    if (run.status() != RunStatus.CANCELLING || run.unfinished() > 0) {
      return Optional.empty();
    }
    var jobs = new ArrayList<Job>();
    run.tasks()
        .forEachAttempted(task ->
            task.live()
                .forEach(attempt -> attempt.jobs().stream().filter(Job::live).forEach(jobs::add)));
    return jobs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Why(
                Cause.ENDING,
                "all its tasks have ended, and the end of jobs that outlived their attempts is not confirmed: "
                    + Why.shortList(jobs.stream().map(Job::jobId).toList()),
                "the backend confirms that they have ended",
                jobs.getFirst().submittedAt()));
  }

  /** Of a task that may begin as soon as nothing downstream of it is left from before. */
  static Why downstream(Run run, Task task, Dag.Wave wave) {
    List<String> live =
        IntStream.range(wave.end(), run.tasks().size())
            .filter(index -> run.tasks().get(index).status().live())
            .mapToObj(index -> run.plan().key(index))
            .toList();
    if (live.isEmpty()) {
      return Why.nextStep("nothing holds it: it is about to become ready", task.since());
    }
    return new Why(
        Cause.ENDING,
        "what is downstream of it ends first: " + Why.shortList(live),
        "the backend confirms that their jobs have ended",
        task.since());
  }

  /** Of a task whose jobs are to end, and what made them. */
  static Why of(Task task, Surroundings surroundings) {
    var trouble = surroundings.trouble();
    if (trouble != null) {
      return Why.unavailable(task, trouble);
    }
    List<String> jobs =
        task.live().stream()
            .flatMap(attempt -> attempt.jobs().stream())
            .filter(job -> !job.status().ended())
            .map(Job::jobId)
            .toList();
    String reason =
        task.live().stream()
            .map(Attempt::closeReason)
            .filter(each -> each != null && !each.isBlank())
            .reduce((_, last) -> last)
            .map(last -> "; " + last)
            .orElse("");
    return new Why(
        Cause.ENDING,
        (jobs.isEmpty()
                ? "whether it has a job is being found out, to end it"
                : "its jobs are asked to end: " + Why.shortList(jobs))
            + reason,
        "the backend confirms that they have ended",
        task.since());
  }
}
