-- Small indexes over the few rows that the leader looks for all the time.
create index claims_news on execution.claims (attempt_id) where has_news;
create index jobs_live on execution.jobs (attempt_id) where status in ('PENDING', 'RUNNING');
create index attempts_live on execution.attempts (run_id) where status in ('INTENDED', 'SUBMITTED', 'CLAIMED', 'CLOSED');

-- Rows of these are updated several times in a short life: leave room beside them.
alter table execution.tasks set (fillfactor = 70);
alter table execution.attempts set (fillfactor = 70);
alter table execution.jobs set (fillfactor = 70);
alter table execution.claims set (fillfactor = 70);
