package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.engine.Dispatcher.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DispatcherTest {

  private static final Limits WIDE = new Limits(1_000, Map.of());

  @Test
  void higherPriorityGoesFirstThenTheOlderRunThenTheOrderOfTheDag() {
    Run young = admitted(Example.of(2).queued(1, "manual", Example.START.plusSeconds(9)));
    Run old = admitted(Example.of(2).queued(2, "manual", Example.START));
    Run urgent =
        admitted(Example.of(1).priority(5).queued(3, "manual", Example.START.plusSeconds(99)));

    assertThat(chosen(WIDE, 10, young, old, urgent))
        .containsExactly("3/1", "2/1", "2/2", "1/1", "1/2");
  }

  @Test
  void backfillsComeLastOfTheirPriority() {
    Run backfill = admitted(Example.of(1).queued(1, "backfill", Example.START));
    Run fresh = admitted(Example.of(1).queued(2, "schedule", Example.START.plusSeconds(9)));
    Run low = admitted(Example.of(1).priority(-1).queued(3, "manual", Example.START));

    assertThat(chosen(WIDE, 10, backfill, fresh, low)).containsExactly("2/1", "1/1", "3/1");
  }

  @Test
  void noMoreThanTheBackendCanTakeNow() {
    Run run = admitted(Example.of(5).queued(1));

    assertThat(chosen(WIDE, 2, run)).containsExactly("1/1", "1/2");
    assertThat(chosen(WIDE, 0, run)).isEmpty();
    assertThat(chosen(WIDE, -3, run)).isEmpty();
  }

  @Test
  void theOrchestratorsLimitCountsTheLiveTasksOfAllRuns() {
    Run busy = busy(Example.of(3).queued(1), 2);
    Run other = admitted(Example.of(3).queued(2));

    assertThat(chosen(new Limits(4, Map.of()), 10, busy, other)).containsExactly("1/3", "2/1");
    assertThat(chosen(new Limits(2, Map.of()), 10, busy, other)).isEmpty();
  }

  @Test
  void thePipelinesLimitCountsTheLiveTasksOfAllItsRunsAndHoldsBackNobodyElse() {
    Example narrow = Example.of(4).parallelTaskLimit(3);
    Run first = busy(narrow.queued(1), 1);
    Run second = busy(narrow.queued(2), 1);
    Run other = admitted(Example.of(1).named("strikes").queued(3));

    assertThat(chosen(WIDE, 10, first, second, other)).containsExactly("1/2", "3/1");
    assertThat(chosen(WIDE, 10, busy(narrow.queued(1), 2), second, other)).containsExactly("3/1");
  }

  @Test
  void tasksOfQuarantinedRunsKeepTheirPlacesUntilTheirWorkersHaveEnded() {
    Example example = Example.of(2).pool("licences").parallelTaskLimit(2);
    Run quarantined = busy(example.queued(1), 2);
    Run waiting = admitted(example.queued(2));
    var limits = new Limits(2, Map.of("licences", 2));

    assertThat(chosen(limits, List.of(new SetAside(quarantined, Set.of())), waiting)).isEmpty();
    assertThat(chosen(limits, List.of(new SetAside(quarantined, Set.of(2))), waiting))
        .containsExactly("2/1");
    assertThat(chosen(limits, List.of(new SetAside(quarantined, Set.of(1, 2))), waiting))
        .containsExactly("2/1", "2/2");
  }

  @Test
  void aPoolThatIsRenamedWhileRunsAreLiveStaysTheSamePool() {
    Run sealedBefore = busy(Example.of(2).pool("licences", 7).queued(1), 1);
    Run sealedAfter = admitted(Example.of(1).pool("seats", 7).queued(2));
    var renamed = new Limits(10, Pools.of(List.of(new Pools.Pool(7, "seats", 2))));

    assertThat(chosen(renamed, 10, sealedBefore, sealedAfter)).containsExactly("1/2");
    assertThat(
            chosen(renamed, 10, busy(Example.of(1).pool("licences", 7).queued(1), 1), sealedAfter))
        .containsExactly("2/1");
  }

  @Test
  void aPoolThatIsMadeAgainIsFoundByItsName() {
    Run run = admitted(Example.of(2).pool("licences", 7).queued(1));

    assertThat(chosen(new Limits(10, Pools.NONE), 10, run)).isEmpty();
    assertThat(chosen(new Limits(10, Pools.of(List.of(new Pools.Pool(8, "licences", 1)))), 10, run))
        .containsExactly("1/1");
  }

  @Test
  void aPoolHasNoMoreThanItsSlotsAcrossRunsAndHoldsBackNobodyElse() {
    Run holder = busy(Example.of(2).pool("licences").queued(1), 1);
    Run other = admitted(Example.of(3).pool("licences").queued(2));
    Run free = admitted(Example.of(1).queued(3));

    assertThat(chosen(new Limits(1_000, Map.of("licences", 3)), 10, holder, other, free))
        .containsExactly("1/2", "2/1", "3/1");
    assertThat(chosen(new Limits(1_000, Map.of("licences", 1)), 10, holder, other, free))
        .containsExactly("3/1");
  }

  @Test
  void aPoolThatDoesNotExistHasNoSlots() {
    assertThat(chosen(WIDE, 10, admitted(Example.of(1).pool("nowhere").queued(1)))).isEmpty();
  }

  @Test
  void closedAttemptsKeepTheirPlaceUntilTheirJobsHaveEnded() {
    Story story = new Story(Example.of(2).pool("one").queued(1), Example.POLICY, Example.START);
    Run overdue = story.admitted().running(1).then(new Event.Overdue(1, 1)).run();

    assertThat(chosen(new Limits(1_000, Map.of("one", 1)), 10, overdue)).isEmpty();
    assertThat(chosen(new Limits(1, Map.of("one", 2)), 10, overdue)).isEmpty();
    assertThat(chosen(new Limits(2, Map.of("one", 2)), 10, overdue)).containsExactly("1/2");
  }

  @Test
  void runsThatAreBeingCancelledGetNothing() {
    Run run =
        new Story(busy(Example.of(3).queued(1), 1), Example.POLICY, Example.START)
            .cancelled()
            .run();

    assertThat(chosen(WIDE, 10, run)).isEmpty();
  }

  private static Run admitted(Run queued) {
    return new Story(queued, Example.POLICY, Example.START).admitted().run();
  }

  private static Run busy(Run queued, int live) {
    var story = new Story(queued, Example.POLICY, Example.START).admitted();
    for (int task = 1; task <= live; task++) {
      story.running(task);
    }
    return story.run();
  }

  private static List<String> chosen(Limits limits, List<SetAside> setAside, Run... runs) {
    return Dispatcher.choose(Arrays.asList(runs), setAside, limits, 10).stream()
        .map(choice -> choice.run().id() + "/" + choice.task())
        .toList();
  }

  private static List<String> chosen(Limits limits, int budget, Run... runs) {
    return Dispatcher.choose(Arrays.asList(runs), limits, budget).stream()
        .map(choice -> choice.run().id() + "/" + choice.task())
        .toList();
  }
}
