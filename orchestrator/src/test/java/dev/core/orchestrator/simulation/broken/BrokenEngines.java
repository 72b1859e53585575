package dev.core.orchestrator.simulation.broken;

import static dev.core.orchestrator.simulation.broken.BrokenEngine.cloud;
import static dev.core.orchestrator.simulation.broken.BrokenEngine.engine;
import static dev.core.orchestrator.simulation.broken.BrokenEngine.protocol;
import static dev.core.orchestrator.simulation.broken.BrokenEngine.store;

import java.util.List;

/** The engines that are broken on purpose. */
final class BrokenEngines {

  private BrokenEngines() {}

  static final List<BrokenEngine> ALL =
      List.of(
          protocol(
              "a claim is taken from its holder",
              "H2Claims",
              "  and (claimant is null or claimant = :claimant)",
              "  and length(:claimant) > 0"),
          protocol(
                  "a closed claim can be taken",
                  "H2Claims",
                  """
                  and closed_at is null and finished_at is null
                  and (claimant is null or claimant = :claimant)
                  """,
                  "and finished_at is null and (claimant is null or claimant = :claimant)")
              .knownBy(5),
          protocol(
              "an outcome on a closed claim is accepted",
              "H2Claims",
              """
              set outcome = :outcome, finished_at = execution.clock(), version = version + 1,
                                has_news = true
                              where token = :token and partition_index = :partition
                                and closed_at is null and finished_at is null\
              """,
              """
              set outcome = :outcome, finished_at = execution.clock(), version = version + 1,
                                has_news = true
                              where token = :token and partition_index = :partition
                                and finished_at is null\
              """),
          protocol(
                  "a renewal is not written",
                  "H2Claims",
                  "set renewed_at = execution.clock(),",
                  "set renewed_at = renewed_at,")
              .knownBy(40),
          store(
              "a leader that was overtaken writes on",
              "Journal",
              """
              if (!Leadership.renew(transaction, epoch, lease)) {
                      transaction.rollback();\
              """,
              """
              if (!Leadership.renew(transaction, epoch, lease) && epoch < 0) {
                      transaction.rollback();\
              """),
          store(
                  "leadership is taken while its lease runs",
                  "Leadership",
                  "and (expires_at is null or expires_at <= execution.clock() or holder = :holder)",
                  "and length(:holder) > 0")
              .knownBy(23)
              .times(2),
          store(
              "claims of closed attempts stay open",
              "RowChanges",
              "if (old.closedAt() == null && attempt.closedAt() != null) {",
              "if (old.closedAt() == null && attempt.closedAt() != null && runId < 0) {"),
          engine(
              "effects come before the commit",
              "loop.Committing",
              """
              long sentAt = lease.now();
                    switch (journal.write(entry)) {\
              """,
              """
              long sentAt = lease.now();
                    swapIn(draft, now);
                    switch (journal.write(entry)) {\
              """),
          engine(
                  "an unknown commit is taken for a success",
                  "loop.Committing",
                  """
                  long sentAt = lease.now();
                        switch (journal.write(entry)) {\
                  """,
                  """
                  long sentAt = lease.now();
                        switch (((java.util.function.Supplier<Journal.Result>) () -> {
                          try {
                            return journal.write(entry);
                          } catch (SQLException | RuntimeException e) {
                            return new Journal.Written();
                          }
                        }).get()) {\
                  """)
              .knownBy(31),
          engine(
              "the lease of leadership is not renewed",
              "loop.Committing",
              "if (entry.isEmpty() && !lease.wantsRenewal()) {",
              "if (entry.isEmpty()) {"),
          engine(
              "an outcome after progress is ignored",
              "loop.Drafting",
              "if (news.outcome() != null) {",
              "if (news.outcome() != null && news.progress() == null) {"),
          engine(
              "datasets of failures are committed, those of successes are not",
              "loop.Drafting",
              "if (draft.apply(news.runId(), event) && outcome.succeeded()) {",
              "if (draft.apply(news.runId(), event) && !outcome.succeeded()) {"),
          engine(
              "a submission is repeated before the settle time",
              "loop.Courier",
              "boolean settled = !now.isBefore(wanted.askedAt().plus(backend.settleTime())) && settled(asked);",
              "boolean settled = !now.isBefore(wanted.askedAt());"),
          engine(
                  "a job is gone after one empty look",
                  "loop.Observer",
                  "Duration.ofMinutes(5)",
                  "Duration.ofMillis(1)")
              .knownBy(17),
          engine(
              "some events are not written",
              "loop.Draft",
              "if (event.recorded()) {",
              "if (event.recorded() && !(event instanceof Event.JobSeen)) {"),
          engine(
              "a start is given the rerun number of another",
              "loop.Starting",
              "return Math.max(stored, drafted);",
              "return Math.min(stored, drafted);"),
          engine(
                  "a duplicate's end counts as that of the claimant's job",
                  "AttemptRules",
                  "hold == null ? !next.hasLiveJobs() : hold.jobId().equals(seen.jobId());",
                  "hold == null ? !next.hasLiveJobs() : now.isAfter(Instant.EPOCH);")
              .knownBy(16),
          engine(
                  "the end of a duplicate opens what has ended",
                  "AttemptRules",
                  "if (attempt.status().open() && evidence) {",
                  "if (evidence) {")
              .knownBy(6),
          engine(
              "infrastructure's failures spend the user's attempts",
              "Task",
              "if (why.failureClass().spendsUserAttempts()) {",
              "if (why.failureClass() != null) {"),
          engine(
              "the next attempt starts while the lease runs",
              "Deadlines",
              "return renewedAt(attempt).plus(policy.claimLease());",
              "return renewedAt(attempt).plus(policy.claimLease().dividedBy(6));"),
          engine(
              "a task keeps its slot of the pool when it has ended",
              "SlotUse",
              """
              if (run.live() > 0 && (slots || run.plan().splits())) {
                      run.tasks()
                          .forEachAttempted(task -> {
                            if (task.status().live()) {
                              use.tasks += task.places() - 1;
                              use.takeSlots(run, task.index(), slots ? task.places() : 0);\
              """,
              """
              if (slots) {
                      run.tasks()
                          .forEach(task -> {
                            if (task.attempts() > 0) {
                              use.takeSlots(run, task.index(), 1);\
              """),
          store(
              "news of workers is found by the highest id, not by its flag",
              "WorkerNews",
              "where c.has_news order by c.attempt_id limit ",
              "where c.has_news and c.attempt_id > (select coalesce(max(x.attempt_id), 0) from"
                  + " execution.claims x where x.claimant is not null and not x.has_news)"
                  + " order by c.attempt_id limit "),
          store(
                  "a rerun takes over what is downstream of what runs",
                  "TakeOverSearch",
                  "upstream = upstream == null ? verdict.task() : upstream;",
                  "upstream = null;")
              .knownBy(23),
          cloud(
                  "a lost answer of SubmitJob is taken for a no",
                  "JobSubmission",
                  "return new Submission.Unknown(AwsTrouble.text(e));",
                  "return new Submission.Throttled(AwsTrouble.text(e));")
              .knownBy(8),
          store(
              "the cursor of a schedule is lost",
              "ScheduleRows",
              ".time(schedule.cursor())",
              ".time(schedule.cursor().minus(java.time.Duration.ofDays(3)))"),
          store(
              "the cursor of a schedule runs ahead",
              "ScheduleRows",
              ".time(schedule.cursor())",
              ".time(schedule.cursor().plus(java.time.Duration.ofDays(3)))"),
          engine(
              "pools have always a slot",
              "SlotUse",
              ": Math.max(0, pools.slots(pool) - byPool.getOrDefault(pool, 0));",
              ": Math.max(0, pools.slots(pool));"),
          engine(
              "the limit of a pipeline is ignored",
              "Dispatcher",
              "int tasks = parallel == null ? Integer.MAX_VALUE : parallel - use.ofPipeline(run);",
              "int tasks = parallel == null ? Integer.MAX_VALUE : 1_000 - use.ofPipeline(run);"),
          engine(
              "overlap is ignored",
              "Admission",
              "if (waiting.isEmpty() && active.size() + setAside.size() < atOnce(run.plan().definition())) {",
              "if (waiting.isEmpty()) {"),
          engine(
              "a spacer opens before its wave has passed",
              "RunEdit",
              """
                    passed &= tasks.get(index).status().passes();
                  }
                  return passed;\
              """,
              """
                    passed &= tasks.get(index).status().passes();
                  }
                  return passed || wave.size() > 1;\
              """),
          engine(
              "a retry that a leader did not live to see is forgotten",
              "Deadlines",
              """
              if (task.status() == TaskStatus.RETRYING) {
                    return Optional.ofNullable(task.retryAt());\
              """,
              """
              if (task.status() == TaskStatus.RETRYING) {
                    return Optional.<Instant>empty();\
              """));
}
