package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TasksTest {

  @Test
  void aChangedCopyLeavesTheOriginalAsItWas() {
    Tasks before = waiting(130);

    Tasks after = before.with(before.get(129).with(TaskStatus.READY, Example.START));

    assertThat(before.get(129).status()).isEqualTo(TaskStatus.WAITING);
    assertThat(after.get(129).status()).isEqualTo(TaskStatus.READY);
    assertThat(after.size()).isEqualTo(130);
  }

  @Test
  void differencesAreExactlyTheTasksThatWereReplaced() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      int size = 1 + random.nextInt(300);
      Tasks before = waiting(size);
      Tasks after = before;
      var changed = new TreeSet<Integer>();
      for (int change = 0; change < random.nextInt(20); change++) {
        int index = random.nextInt(size);
        after = after.with(after.get(index).with(TaskStatus.READY, Example.START));
        changed.add(index);
      }
      var found = new ArrayList<Integer>();
      Tasks.differences(
          before,
          after,
          (old, task) -> {
            assertThat(old.index()).isEqualTo(task.index());
            assertThat(old.status()).isEqualTo(TaskStatus.WAITING);
            found.add(task.index());
          });

      assertThat(found).as("seed %d", seed).containsExactlyElementsOf(changed);
    }
  }

  @Test
  void whichAreReadyAndWhichHaveAttemptsIsKnownWithoutLookingAtEach() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      int size = 1 + random.nextInt(300);
      Tasks tasks = waiting(size);
      for (int change = 0; change < random.nextInt(60); change++) {
        var edit = tasks.edit();
        for (int put = 0; put < random.nextInt(4); put++) {
          edit.put(changed(edit.get(random.nextInt(size)), random));
        }
        tasks = edit.done();
      }

      var ready = new ArrayList<Integer>();
      for (int index = tasks.nextReady(0); index >= 0; index = tasks.nextReady(index + 1)) {
        ready.add(index);
      }
      var attempted = new ArrayList<Integer>();
      tasks.forEachAttempted(task -> attempted.add(task.index()));
      assertThat(ready)
          .as("seed %d", seed)
          .isEqualTo(indexes(tasks, task -> task.status() == TaskStatus.READY));
      assertThat(attempted)
          .as("seed %d", seed)
          .isEqualTo(indexes(tasks, task -> !task.live().isEmpty()));
      assertThat(tasks.anyAttempted()).isEqualTo(!attempted.isEmpty());
    }
  }

  private static Task changed(Task task, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> task.with(TaskStatus.READY, Example.START);
      case 1 -> task.with(TaskStatus.SUCCEEDED, Example.START);
      case 2 -> task.with(ATTEMPT);
      default -> Task.waiting(task.index(), Example.START);
    };
  }

  private static List<Integer> indexes(Tasks tasks, Predicate<Task> which) {
    var indexes = new ArrayList<Integer>();
    tasks.forEach(task -> {
      if (which.test(task)) {
        indexes.add(task.index());
      }
    });
    return indexes;
  }

  private static final Attempt ATTEMPT =
      Example.of(1).story().admitted().intended(1).run().tasks().get(1).live().getFirst();

  @Test
  void anEditThatPutsNothingIsTheOriginal() {
    Tasks tasks = waiting(3);

    assertThat(tasks.edit().done()).isSameAs(tasks);
  }

  @Test
  void forEachGivesAllInOrder() {
    var indexes = new ArrayList<Integer>();

    waiting(129).forEach(task -> indexes.add(task.index()));

    assertThat(indexes).hasSize(129).isSorted();
    assertThat(Tasks.of(List.of()).size()).isZero();
  }

  private static Tasks waiting(int size) {
    var tasks = new ArrayList<Task>();
    for (int index = 0; index < size; index++) {
      tasks.add(Task.waiting(index, Example.START));
    }
    return Tasks.of(tasks);
  }
}
