package dev.core.orchestrator.compute.simulated;

import dev.core.common.protocol.FailureClass;
import dev.core.common.protocol.Outcome;
import dev.core.common.protocol.WorkOrder;
import dev.core.orchestrator.compute.JobRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plays what the few commands of the shared contract would do: echo, sleep, test, exit, true. */
final class ShellScenario implements Scenario {

  @Override
  public Duration waits(JobRequest request) {
    return Duration.ZERO;
  }

  @Override
  public Performance performs(JobRequest request, WorkOrder order) {
    if (!order.template().equals("shell")) {
      return new Performance(
          Duration.ZERO,
          new End.Says(
              Outcome.failure(
                  FailureClass.CONFIGURATION, "there is no " + order.template() + ", only: shell")),
          List.of());
    }
    var lasts = Duration.ZERO;
    int code = 0;
    var log = new ArrayList<String>();
    int partition = order.partition(Integer.parseInt(request.labels().getOrDefault("index", "0")));
    var command =
        order
            .variables()
            .get("command")
            .value()
            .replace("$CORE_PARTITIONS", String.valueOf(order.partitions()))
            .replace("$CORE_PARTITION", String.valueOf(partition));
    for (var part : command.split(";")) {
      var words = part.strip().split(" ", 2);
      switch (words[0]) {
        case "true" -> {}
        case "echo" -> log.add(words[1].replace(" >&2", ""));
        case "sleep" -> lasts = lasts.plusSeconds(Long.parseLong(words[1]));
        case "test" -> {
          var sides = words[1].split(" -ne ", 2);
          code = sides[0].equals(sides[1]) ? 1 : 0;
        }
        case "exit" -> code = Integer.parseInt(words[1]);
        default -> throw new IllegalArgumentException("cannot play: " + part);
      }
    }
    var outcome =
        code == 0
            ? Outcome.success(null, List.of())
            : Outcome.failure(
                FailureClass.USER, "exited with %d: %s".formatted(code, String.join("\n", log)));
    return new Performance(lasts, new End.Says(outcome), log);
  }
}
