package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.common.definition.PipelineDefinition.OverlapPolicy;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AdmissionTest {

  private static final Example QUEUE = Example.of(1);

  @Test
  void oneAfterTheOtherTheOldestFirst() {
    assertThat(decided(QUEUE.queued(2), QUEUE.queued(1))).containsExactly("1 Admitted");
    assertThat(decided(running(QUEUE, 1), QUEUE.queued(2))).isEmpty();
    assertThat(decided(cancelling(QUEUE, 1), QUEUE.queued(2))).isEmpty();
    assertThat(decided(ended(QUEUE, 1), QUEUE.queued(2))).containsExactly("2 Admitted");
  }

  @Test
  void pipelinesDoNotWaitForEachOther() {
    assertThat(decided(running(QUEUE, 1), QUEUE.named("other").queued(2)))
        .containsExactly("2 Admitted");
  }

  @Test
  void parallelUpToItsLimit() {
    var parallel = QUEUE.overlap(OverlapPolicy.PARALLEL, 2);

    assertThat(
            decided(
                running(parallel, 1), parallel.queued(2), parallel.queued(3), parallel.queued(4)))
        .containsExactly("2 Admitted");
  }

  @Test
  void skippingRefusesWhatComesWhileAnotherIsNotFinished() {
    var skip = QUEUE.overlap(OverlapPolicy.SKIP, 1);

    assertThat(decided(running(skip, 1), skip.queued(2), skip.queued(3)))
        .containsExactly("2 Skipped", "3 Skipped");
    assertThat(decided(skip.queued(2), skip.queued(3))).containsExactly("2 Admitted", "3 Skipped");
  }

  @Test
  void cancelRunningMakesRoomAndWaitsUntilThereIsSome() {
    var cancel = QUEUE.overlap(OverlapPolicy.CANCEL_RUNNING, 1);

    assertThat(decided(running(cancel, 1), cancel.queued(2))).containsExactly("1 CancelAsked");
    assertThat(decided(cancelling(cancel, 1), cancel.queued(2))).isEmpty();
    assertThat(decided(ended(cancel, 1), cancel.queued(2))).containsExactly("2 Admitted");
  }

  @Test
  void theNewestOfThoseThatCancelOthersIsTheOnlyOneToStart() {
    var cancel = QUEUE.overlap(OverlapPolicy.CANCEL_RUNNING, 1);

    assertThat(decided(running(cancel, 1), cancel.queued(2), cancel.queued(3)))
        .containsExactlyInAnyOrder("1 CancelAsked", "2 CancelAsked");
    assertThat(decided(QUEUE.queued(2), cancel.queued(3), QUEUE.queued(4)))
        .containsExactly("2 CancelAsked", "3 Admitted");
  }

  @Test
  void nobodyOvertakesARunOfItsPipelineThatGoesBeforeIt() {
    var parallel = QUEUE.overlap(OverlapPolicy.PARALLEL, 5);

    assertThat(decided(running(parallel, 1), QUEUE.queued(2), parallel.queued(3))).isEmpty();
    assertThat(decided(running(parallel, 1), parallel.queued(2), QUEUE.queued(3)))
        .containsExactly("2 Admitted");
  }

  @Test
  void freshRunsGoBeforeBackfillsAndHigherPrioritiesBeforeBoth() {
    Run backfill = QUEUE.queued(1, "backfill", Example.START);
    Run fresh = QUEUE.queued(2);
    Run urgent = QUEUE.priority(5).queued(3);

    assertThat(decided(backfill, fresh)).containsExactly("2 Admitted");
    assertThat(decided(backfill, fresh, urgent)).containsExactly("3 Admitted");
  }

  @Test
  void aBackfillWaitsWhereOthersAreSkippedOrCancelOthers() {
    var skip = QUEUE.overlap(OverlapPolicy.SKIP, 1);
    var cancel = QUEUE.overlap(OverlapPolicy.CANCEL_RUNNING, 1);

    assertThat(decided(running(skip, 1), skip.queued(2, "backfill", Example.START))).isEmpty();
    assertThat(decided(running(cancel, 1), cancel.queued(2, "backfill", Example.START))).isEmpty();
    assertThat(
            decided(
                running(cancel, 1), cancel.queued(2, "backfill", Example.START), cancel.queued(3)))
        .containsExactly("1 CancelAsked");
  }

  @Test
  void aRunWithNothingLeftToRunIsInNobodysWay() {
    var skip = Example.of(1).overlap(OverlapPolicy.SKIP, 1);
    Run takenOver =
        new Story(skip.queued(1), Example.POLICY, Example.START).then(Happening.tookOver(1)).run();

    assertThat(decided(takenOver, skip.queued(2))).containsExactly("1 Admitted", "2 Admitted");
  }

  @Test
  void aQuarantinedRunKeepsItsPipelineBusy() {
    var skip = QUEUE.overlap(OverlapPolicy.SKIP, 1);
    var quarantined = List.of(new SetAside(running(skip, 1), Set.of(1)));

    assertThat(Admission.decide(List.of(QUEUE.queued(2)), quarantined)).isEmpty();
    assertThat(Admission.decide(List.of(skip.queued(2)), quarantined))
        .extracting(Admission.Decision::event)
        .containsExactly(new Event.Skipped("run 1 is not finished"));
    assertThat(
            Admission.decide(
                List.of(QUEUE.queued(2)), List.of(new SetAside(QUEUE.queued(1), Set.of()))))
        .hasSize(1);
  }

  private static Run running(Example example, long id) {
    return new Story(example.queued(id), Example.POLICY, Example.START).admitted().running(1).run();
  }

  private static Run cancelling(Example example, long id) {
    return new Story(running(example, id), Example.POLICY, Example.START).cancelled().run();
  }

  private static Run ended(Example example, long id) {
    return new Story(running(example, id), Example.POLICY, Example.START).succeeds(1).run();
  }

  private static List<String> decided(Run... runs) {
    return Admission.decide(List.of(runs)).stream()
        .map(each -> each.run().id() + " " + each.event().getClass().getSimpleName())
        .toList();
  }
}
