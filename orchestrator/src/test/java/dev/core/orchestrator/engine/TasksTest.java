package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
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
