package dev.core.orchestrator.engine.loop;

import dev.core.orchestrator.engine.Event;
import dev.core.orchestrator.store.PendingCommand;
import dev.core.orchestrator.store.WorkerNews;
import dev.core.orchestrator.trigger.Agenda;

/** Something new that a step of the leader deals with. */
sealed interface Input {

  /** Begins the subject of what concerns the schedule of a pipeline. */
  String SCHEDULE = "schedule ";

  /** What fails alone: inputs of one subject are journalled together when a batch was refused. */
  String subject();

  /** A worker wrote into its claim. */
  record FromWorker(WorkerNews news) implements Input {
    @Override
    public String subject() {
      return ofRun(news.runId());
    }
  }

  /** A backend answered, or was looked at. */
  record FromBackend(long runId, Event event) implements Input {

    /**
     * Whether it can wait until something else is journalled: nothing follows from a job's id, and
     * if it is lost, the job is found by its name.
     */
    boolean isPatient() {
      return event instanceof Event.Accepted;
    }

    @Override
    public String subject() {
      return ofRun(runId);
    }
  }

  /** A moment has come that means something for a task. */
  record TimeUp(long runId, int task) implements Input {
    @Override
    public String subject() {
      return ofRun(runId);
    }
  }

  record Asked(PendingCommand command) implements Input {
    @Override
    public String subject() {
      return "command " + command.id();
    }
  }

  /** The configuration changed when a pipeline runs by itself, or whether. */
  record Retimed(Agenda agenda) implements Input {
    @Override
    public String subject() {
      return SCHEDULE + agenda.pipeline();
    }
  }

  /** A pipeline that had a schedule is gone. */
  record Untimed(String pipeline) implements Input {
    @Override
    public String subject() {
      return SCHEDULE + pipeline;
    }
  }

  /** A date of a schedule may have come. */
  record DateDue(String pipeline) implements Input {
    @Override
    public String subject() {
      return SCHEDULE + pipeline;
    }
  }

  private static String ofRun(long runId) {
    return "run " + runId;
  }
}
