package dev.core.orchestrator.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * One process, from its start to its death: what makes it stand still, what cuts it off. A process
 * that is not an orchestrator takes each of its steps in no time.
 */
class Life {

  private final String name;
  private final List<Link> links = new ArrayList<>();
  private boolean alive = true;
  private long cutOffUntil;
  private long hinderedAt = Long.MIN_VALUE / 2;

  Life(String name) {
    this.name = name;
  }

  final String name() {
    return name;
  }

  final boolean alive() {
    return alive;
  }

  /** The server rolls back what it had open. */
  void die() {
    alive = false;
    breakLinks();
  }

  final void breakLinks() {
    List.copyOf(links).forEach(Link::breakOff);
  }

  final void opened(Link link) {
    links.add(link);
  }

  final void closed(Link link) {
    links.remove(link);
  }

  /** Until then no database answers it. */
  final void cutOffUntil(long micros) {
    cutOffUntil = micros;
    breakLinks();
  }

  final boolean cutOff(long now) {
    return now < cutOffUntil;
  }

  /** Something kept it from doing what it should. */
  final void hindered(long now) {
    hinderedAt = Math.max(hinderedAt, now);
  }

  long hinderedAt() {
    return hinderedAt;
  }

  /** Between two steps: here time passes, and here it may die or stand still. */
  void step() {}

  /** Before a commit: here it may stand still while it holds locks. */
  void beforeCommit(Link link) {}
}
