package dev.core.orchestrator.api;

import dev.core.common.database.Database;
import dev.core.common.database.Dialect;
import dev.core.orchestrator.store.CommandQueue;
import dev.core.orchestrator.store.CorrectionQueries;
import dev.core.orchestrator.store.PipelineQueries;
import dev.core.orchestrator.store.RunQueries;
import dev.core.orchestrator.store.ScheduleQueries;

/** What requests are answered from. Thread-safe. */
public record Queries(
    Database database,
    RunQueries runs,
    PipelineQueries pipelines,
    ScheduleQueries schedules,
    CorrectionQueries corrections,
    CommandQueue commands) {

  public static Queries of(Database database) {
    var jdbi = database.jdbi();
    return new Queries(
        database,
        new RunQueries(jdbi),
        new PipelineQueries(jdbi),
        new ScheduleQueries(jdbi),
        new CorrectionQueries(jdbi),
        new CommandQueue(jdbi, database.dialect() == Dialect.POSTGRES));
  }
}
