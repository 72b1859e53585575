-- Tasks are found by run and index. While the table was empty, Postgres took the index of this constraint as good as
-- that of the key, since both begin with run_id; the leader, which plans once, then read the whole run for each task
-- that it changed, and so did the check of the foreign key of attempts.
alter table execution.tasks drop constraint tasks_key_unique;
alter table execution.tasks add constraint tasks_key_unique unique (task_key, run_id);
