package dev.core.orchestrator.engine.loop;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Finds what is wrong with a pipeline's configuration, before a run of it is sealed. */
@FunctionalInterface
public interface StartCheck {

  /**
   * @param parameters of the run, which have been checked by themselves
   * @return problems, each as a sentence for people; none: it may start
   */
  List<String> problems(Handle handle, String pipeline, Map<String, String> parameters);
}
