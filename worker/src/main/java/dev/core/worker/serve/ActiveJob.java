package dev.core.worker.serve;

import dev.core.common.protocol.jdbc.TakenJob;
import dev.core.worker.run.Stop;

/** A job that this worker is running. Thread-safe. Tells its end once to whoever made it. */
interface ActiveJob {

  TakenJob job();

  /** Asks it to end soon; only the first reason counts. */
  void stop(Stop why);

  /** To be called several times a second; quick, and without the database. */
  void watch();

  /** To be called several times a second; talks to the database if something is due. */
  void renew();
}
