package dev.core.orchestrator.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.core.orchestrator.engine.Event;
import org.junit.jupiter.api.Test;

class InboxTest {

  private static final Input.FromBackend PATIENT =
      new Input.FromBackend(1, new Event.Accepted(1, 1, "job", 0));
  private static final Input.FromBackend URGENT =
      new Input.FromBackend(1, new Event.Unanswered(1, 1, 0));

  private final Inbox inbox = new Inbox();

  @Test
  void whatWasToldInATermIsNotHeardInTheNextOne() {
    var first = inbox.ofTerm();
    first.put(URGENT);
    first.put(PATIENT);
    first.end();
    var second = inbox.ofTerm();
    first.put(PATIENT);
    second.put(URGENT);

    assertThat(inbox.drain()).containsExactly(URGENT);
    assertThat(inbox.drain()).isEmpty();
  }

  @Test
  void whatCanWaitComesFirstWithWhatCannot() {
    var term = inbox.ofTerm();
    term.put(URGENT);
    term.put(PATIENT);

    assertThat(inbox.drain()).containsExactly(PATIENT, URGENT);
  }
}
