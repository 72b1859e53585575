-- Tasks that are split in partitions. Those that are not have no row in any of these tables.

-- How many partitions a use of a template has: a number, or an expression of parameters and results.
alter table configuration.transformation_templates add column partitions varchar(1000);
alter table configuration.transformations add column partitions varchar(1000);

-- What has succeeded of a task: a retry runs the rest alone.
create table execution.task_partitions (
  run_id bigint not null,
  task_index integer not null,
  partition_count integer not null,
  done_count integer not null,
  -- JSON object: number of an attempt to the partitions that succeeded in it, such as "0-6,8".
  done text not null,
  primary key (run_id, task_index),
  constraint task_partitions_task_exists foreign key (run_id, task_index) references execution.tasks (run_id, task_index)
);

-- Which partitions an attempt runs. Claims are numbered by their place among these: the index.
create table execution.attempt_partitions (
  attempt_id bigint primary key,
  partition_count integer not null,
  partitions text not null,
  size integer not null,
  running integer not null,
  succeeded integer not null,
  failed integer not null,
  claimed_at timestamp with time zone,
  constraint attempt_partitions_attempt_exists foreign key (attempt_id) references execution.attempts (id)
);

-- What of an attempt was submitted together, by its lowest index: an array job, or a plain one.
create table execution.chunks (
  attempt_id bigint not null,
  first_index integer not null,
  size integer not null,
  job_name varchar(128) not null,
  intended_at timestamp with time zone not null,
  asked_at timestamp with time zone not null,
  primary key (attempt_id, first_index),
  constraint chunks_attempt_exists foreign key (attempt_id) references execution.attempts (id)
);

-- The lowest index of the chunk that the job runs.
alter table execution.jobs add column chunk integer default 0 not null;

-- The leader has dealt with its being claimed; whether it has with the rest, has_news tells.
alter table execution.claims add column heard boolean default false not null;

-- Of a claim that the leader closed alone: why there will be no outcome.
alter table execution.claims add column failure_class varchar(20);
alter table execution.claims add column failure_message text;

-- Rows that were queued as one array, and their places in it.
alter table execution.local_jobs add column array_id varchar(64);
alter table execution.local_jobs add column array_index integer;
create index local_jobs_array on execution.local_jobs (array_id, array_index);
