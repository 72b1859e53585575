package dev.core.worker.serve;

import dev.core.common.protocol.WorkerProtocol;
import dev.core.common.settings.ClaimSettings;
import dev.core.worker.process.ChildProcesses;
import dev.core.worker.run.AttemptLogs;
import dev.core.worker.run.AttemptWork;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What jobs of the resident worker are run with.
 *
 * @param corebot the command line of this program, without arguments
 * @param directory where it runs
 * @param nanos a monotonic clock
 */
record Tools(
    WorkerProtocol protocol,
    AttemptWork work,
    ClaimSettings claims,
    AttemptLogs logs,
    ChildProcesses children,
    List<String> corebot,
    Path directory,
    LongSupplier nanos) {
  Tools {
    corebot = List.copyOf(corebot);
  }
}
