package dev.core.orchestrator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every kind of event in every situation, against {@code transitions.txt}. A line there says what
 * the event makes of the task, its attempt and the run; {@code same} is the very same run. Who adds
 * a status or an event has to say there what follows from it, in every situation.
 */
class TransitionMatrixTest {

  @Test
  void everyEventInEverySituationGivesWhatIsWritten() throws IOException {
    var actual = new LinkedHashMap<String, String>();
    for (Situation situation : Situation.values()) {
      for (Happening happening : Happening.values()) {
        actual.put(situation + " " + happening, result(situation, happening));
      }
    }

    assertThat(lines(actual)).isEqualTo(lines(written()));
  }

  @Test
  void situationsHaveEveryStatus() {
    var tasks = EnumSet.noneOf(TaskStatus.class);
    var attempts = EnumSet.noneOf(AttemptStatus.class);
    var runs = EnumSet.noneOf(RunStatus.class);
    for (Situation situation : Situation.values()) {
      Run run = situation.tell().run();
      runs.add(run.status());
      run.tasks().forEach(task -> tasks.add(task.status()));
      Situation.attempt(run).ifPresent(attempt -> attempts.add(attempt.status()));
    }

    assertThat(tasks).containsExactlyInAnyOrder(TaskStatus.values());
    assertThat(attempts).containsExactlyInAnyOrder(AttemptStatus.values());
    assertThat(runs).containsExactlyInAnyOrder(RunStatus.values());
  }

  @Test
  void happeningsHaveEveryEvent() {
    Set<Class<?>> told =
        Arrays.stream(Happening.values())
            .map(happening -> happening.in(Situation.CLAIMED.tell()).getClass())
            .collect(Collectors.toSet());

    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(leaves(Event.class).collect(Collectors.toSet()));
  }

  /** Final classes below a sealed one. */
  static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TransitionMatrixTest::leaves)
        : Stream.of(type);
  }

  private static String result(Situation situation, Happening happening) {
    Story story = situation.tell();
    Run before = story.run();
    Event event = happening.in(story);
    if (!story.hears(event)) {
      return "same";
    }
    Run after = story.run();
    Task task = after.tasks().get(Situation.SUBJECT);
    String result = task.status().name();
    if (task.followUp() != null) {
      result += " then " + task.followUp();
    }
    String attempt =
        Situation.attempt(after).map(each -> " (attempt " + each.status() + ")").orElse("");
    String downstream =
        before.tasks().get(Situation.DOWNSTREAM).status()
                == after.tasks().get(Situation.DOWNSTREAM).status()
            ? ""
            : ", downstream " + after.tasks().get(Situation.DOWNSTREAM).status();
    String run = before.status() == after.status() ? "" : ", run " + after.status();
    return result + attempt + downstream + run;
  }

  private static String lines(Map<String, String> results) {
    return results.entrySet().stream()
        .map(each -> each.getKey() + ": " + each.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> written() throws IOException {
    var written = new LinkedHashMap<String, String>();
    try (var text = TransitionMatrixTest.class.getResourceAsStream("transitions.txt")) {
      assertThat(text).as("transitions.txt").isNotNull();
      new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(line -> {
            String[] parts = line.split(": ", 2);
            written.put(parts[0], parts[1]);
          });
    }
    return written;
  }

  @Test
  void theDiagramInTheDocumentationIsCurrent() throws IOException {
    StatusDiagram.check(edges());
  }

  /** Which status of a task follows which, through which events, in many made-up histories. */
  private static Map<StatusDiagram.Edge, Set<String>> edges() {
    var edges =
        new TreeMap<StatusDiagram.Edge, Set<String>>(
            Comparator.comparing(StatusDiagram.Edge::from).thenComparing(StatusDiagram.Edge::to));
    for (long seed = 0; seed < 5_000; seed++) {
      var history = new RandomHistory(new Random(seed));
      var machine = new RunMachine(Example.POLICY);
      Run run = Example.of(2, 1).queued(1);
      for (int fact = 0; fact < 200; fact++) {
        Instant now = Example.START.plusSeconds(60L * fact);
        Event event = history.next(run, now, true);
        Run next = machine.apply(run, event, now);
        for (int index : List.of(1, 2, 4)) {
          TaskStatus from = run.tasks().get(index).status();
          TaskStatus to = next.tasks().get(index).status();
          if (from != to) {
            edges
                .computeIfAbsent(new StatusDiagram.Edge(from, to), _ -> new TreeSet<>())
                .add(event.getClass().getSimpleName());
          }
        }
        run = next;
      }
    }
    return edges;
  }
}
