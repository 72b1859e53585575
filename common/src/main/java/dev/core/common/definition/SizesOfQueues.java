package dev.core.common.definition;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which sizes there are depends on the job queue.
 *
 * @param usual of the installation's queue, and of those that are not named here
 * @param others by the name of the queue
 */
public record SizesOfQueues(SizeRule usual, Map<String, SizeRule> others) implements SizeRule {

  public SizesOfQueues {
    others = Map.copyOf(others);
  }

  @Override
  public Optional<String> problem(BigDecimal vcpus, int memoryMib, @Nullable String jobQueue) {
    SizeRule rule =
        jobQueue == null ? usual : others.getOrDefault(JobQueueName.of(jobQueue), usual);
    return rule.problem(vcpus, memoryMib, jobQueue);
  }
}
