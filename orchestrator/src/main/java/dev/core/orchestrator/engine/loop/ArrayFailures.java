package dev.core.orchestrator.engine.loop;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome.Failure;
import dev.core.common.protocol.Partitions;
import dev.core.orchestrator.compute.JobReport;
import dev.core.orchestrator.engine.Attempt;
import dev.core.orchestrator.engine.FanOut;
import dev.core.orchestrator.engine.Job;
import dev.core.orchestrator.engine.Loss;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the failed members of an array mean for the partitions of their attempt. */
final class ArrayFailures {

  private ArrayFailures() {}

  /** Of those that have no outcome, as far as the leader knew then; empty if there are none. */
  static Optional<List<Loss>> losses(Attempt attempt, Job array, List<JobReport> failed) {
    FanOut fan = attempt.fan();
    if (fan == null || !attempt.status().open()) {
      return Optional.empty();
    }
    Map<Failure, BitSet> byFailure = new LinkedHashMap<>();
    for (JobReport member : failed) {
      int index = array.chunk() + place(member.jobId());
      if (index < fan.size() && !fan.states().status(index).ended()) {
        byFailure.computeIfAbsent(failure(member), _ -> new BitSet()).set(index);
      }
    }
    var losses = new ArrayList<Loss>();
    byFailure.forEach(
        (failure, indexes) -> losses.add(new Loss(Partitions.of(indexes), failure, array.jobId())));
    return losses.isEmpty() ? Optional.empty() : Optional.of(losses);
  }

  private static int place(String memberId) {
    return Integer.parseInt(memberId.substring(memberId.lastIndexOf(':') + 1));
  }

  /** Only an outcome makes a failure the user's: a job that ended without one was lost. */
  private static Failure failure(JobReport member) {
    FailureClass failureClass =
        member.failureClass() == null || member.failureClass() == FailureClass.USER
            ? FailureClass.INFRASTRUCTURE
            : member.failureClass();
    String code = member.exitCode() == null ? "" : ", exit code " + member.exitCode();
    String reason = member.reason() == null ? "" : ": " + member.reason();
    return new Failure(failureClass, "its job ended without an outcome" + code + reason);
  }
}
