-- H2 has no partial indexes.
create index execution.claims_news on execution.claims (has_news);
create index execution.jobs_live on execution.jobs (status);
create index execution.attempts_live on execution.attempts (status);
