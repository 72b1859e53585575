-- Who writes what: the leader alone writes runs, tasks, attempts, jobs, events, datasets and
-- definitions, in transactions that begin by checking its epoch. A worker writes its row of claims.
-- Everyone else inserts commands.

create table execution.leadership (
  id integer primary key,
  -- Null until somebody has led.
  holder varchar(200),
  epoch bigint not null,
  acquired_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint leadership_single_row check (id = 1)
);
insert into execution.leadership (id, epoch) values (1, 0);

create table execution.definitions (
  sha256 char(64) primary key,
  -- Canonical JSON of the pipeline definition; what sha256 is the digest of.
  definition text not null,
  created_at timestamp with time zone not null
);

create table execution.runs (
  id bigint primary key,
  pipeline varchar(63) not null,
  client varchar(63) not null,
  brand varchar(63) not null,
  definition_sha256 char(64) not null,
  status varchar(20) not null,
  -- What started it (schedule, manual, api, queue, git, backfill, upstream), and who.
  trigger_kind varchar(20) not null,
  requested_by varchar(200) not null,
  logical_date timestamp with time zone not null,
  rerun_number integer not null,
  -- JSON object: parameter name to text.
  parameters text not null,
  priority integer not null,
  created_at timestamp with time zone not null,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  -- Set while the leader leaves the run alone because it could not journal it.
  quarantined_at timestamp with time zone,
  quarantine_cause text,
  constraint runs_unique unique (pipeline, logical_date, rerun_number),
  constraint runs_definition_exists foreign key (definition_sha256) references execution.definitions (sha256),
  constraint runs_status_known check (status in ('QUEUED', 'RUNNING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'SKIPPED'))
);
create index runs_status on execution.runs (status);

create table execution.tasks (
  run_id bigint not null,
  -- Position in the run's DAG, from 0: waves in order, each spacer before its transformations.
  task_index integer not null,
  task_key varchar(300) not null,
  kind varchar(20) not null,
  state varchar(63) not null,
  wave integer not null,
  template varchar(63),
  transformation_id bigint,
  status varchar(20) not null,
  status_since timestamp with time zone not null,
  -- What a CANCELLING task becomes when its jobs are confirmed ended.
  follow_up varchar(20),
  attempts integer not null,
  user_failures integer not null,
  infrastructure_failures integer not null,
  retry_at timestamp with time zone,
  failure_class varchar(20),
  failure_message text,
  -- JSON value that the transformation returned.
  result text,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  primary key (run_id, task_index),
  constraint tasks_key_unique unique (run_id, task_key),
  constraint tasks_run_exists foreign key (run_id) references execution.runs (id),
  constraint tasks_kind_known check (kind in ('TRANSFORMATION', 'SPACER')),
  constraint tasks_status_known check (status in ('WAITING', 'READY', 'SUBMITTED', 'RUNNING', 'RETRYING', 'CANCELLING', 'SUCCEEDED', 'FAILED', 'UPSTREAM_FAILED', 'SKIPPED', 'CANCELLED'))
);

create table execution.attempts (
  id bigint primary key,
  run_id bigint not null,
  task_index integer not null,
  -- From 1 within the task.
  number integer not null,
  -- Random; whoever knows it may claim the attempt.
  token varchar(64) not null,
  -- Deterministic, with the unique part first; found again by it when an answer was lost.
  job_name varchar(128) not null,
  mode varchar(20) not null,
  queue varchar(200) not null,
  -- The job definition and revision, or the image: what the backend was told to run.
  definition_revision varchar(300) not null,
  work_order text not null,
  status varchar(20) not null,
  intended_at timestamp with time zone not null,
  -- The last moment at which the backend was asked to submit it.
  asked_at timestamp with time zone,
  claimed_at timestamp with time zone,
  closed_at timestamp with time zone,
  close_reason varchar(500),
  ended_at timestamp with time zone,
  failure_class varchar(20),
  failure_message text,
  constraint attempts_number_unique unique (run_id, task_index, number),
  constraint attempts_token_unique unique (token),
  constraint attempts_task_exists foreign key (run_id, task_index) references execution.tasks (run_id, task_index),
  constraint attempts_status_known check (status in ('INTENDED', 'SUBMITTED', 'CLAIMED', 'CLOSED', 'SUCCEEDED', 'FAILED', 'CANCELLED'))
);

create table execution.jobs (
  attempt_id bigint not null,
  job_id varchar(200) not null,
  status varchar(20) not null,
  submitted_at timestamp with time zone not null,
  -- The last moment at which the backend knew it.
  seen_at timestamp with time zone,
  terminate_asked_at timestamp with time zone,
  ended_at timestamp with time zone,
  exit_code integer,
  reason text,
  primary key (attempt_id, job_id),
  constraint jobs_attempt_exists foreign key (attempt_id) references execution.attempts (id),
  constraint jobs_status_known check (status in ('PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'GONE'))
);

-- One row per partition of an attempt, made with the attempt; the only thing that a worker writes.
create table execution.claims (
  attempt_id bigint not null,
  partition_index integer not null,
  token varchar(64) not null,
  -- The worker process that holds it; null: nobody yet, so nothing has taken effect.
  claimant varchar(64),
  job_id varchar(200),
  claimed_at timestamp with time zone,
  renewed_at timestamp with time zone,
  progress text,
  outcome text,
  finished_at timestamp with time zone,
  -- Set by the leader: from here on nobody may claim, renew or finish.
  closed_at timestamp with time zone,
  -- Rises with every change by a worker; the leader clears has_news only for the version it read.
  version integer not null default 0,
  has_news boolean not null default false,
  primary key (attempt_id, partition_index),
  constraint claims_token_unique unique (token, partition_index),
  constraint claims_attempt_exists foreign key (attempt_id) references execution.attempts (id)
);

create table execution.commands (
  id bigint generated by default as identity primary key,
  idempotency_key varchar(200) not null,
  kind varchar(30) not null,
  -- JSON of the command.
  body text not null,
  requested_by varchar(200) not null,
  requested_at timestamp with time zone not null default execution.clock(),
  status varchar(20) not null default 'PENDING',
  -- JSON of the answer, once the leader has applied or refused it.
  answer text,
  answered_at timestamp with time zone,
  constraint commands_idempotency_key_unique unique (idempotency_key),
  constraint commands_status_known check (status in ('PENDING', 'APPLIED', 'REFUSED'))
);
create index commands_status on execution.commands (status, id);

-- Append-only; replayed over the definition it must give the rows of runs, tasks and attempts.
create table execution.events (
  id bigint primary key,
  run_id bigint not null,
  task_index integer,
  attempt_number integer,
  kind varchar(40) not null,
  at timestamp with time zone not null,
  -- JSON of the event.
  event text not null,
  constraint events_run_exists foreign key (run_id) references execution.runs (id)
);
create index events_run on execution.events (run_id, id);

-- A row here is the commit of a dataset: no row, not visible.
create table execution.datasets (
  id bigint primary key,
  branch varchar(63) not null,
  client varchar(63) not null,
  brand varchar(63) not null,
  state varchar(63) not null,
  name varchar(200) not null,
  run_id bigint not null,
  task_index integer not null,
  attempt_number integer not null,
  root varchar(1000) not null,
  -- Below root; ends with /.
  path varchar(1000) not null,
  format varchar(20) not null,
  -- JSON array of {path, bytes, rows}; paths are below path.
  files text not null,
  row_count bigint,
  byte_count bigint not null,
  committed_at timestamp with time zone not null,
  constraint datasets_task_exists foreign key (run_id, task_index) references execution.tasks (run_id, task_index)
);
create index datasets_newest on execution.datasets (branch, client, brand, state, name, id);

-- Lineage: which attempt read which dataset.
create table execution.dataset_reads (
  dataset_id bigint not null,
  attempt_id bigint not null,
  primary key (attempt_id, dataset_id),
  constraint dataset_reads_dataset_exists foreign key (dataset_id) references execution.datasets (id),
  constraint dataset_reads_attempt_exists foreign key (attempt_id) references execution.attempts (id)
);

create table execution.schedules (
  pipeline varchar(63) primary key,
  run_frequency varchar(120) not null,
  time_zone varchar(64) not null,
  -- The newest logical date that has been dealt with.
  cursor_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);

create table execution.pauses (
  -- A pipeline's name, or * for all.
  scope varchar(63) primary key,
  paused_at timestamp with time zone not null,
  paused_by varchar(200) not null,
  reason text
);

-- The local backend: jobs as rows, taken by resident workers of a machine.
create table execution.local_workers (
  id varchar(64) primary key,
  host varchar(200) not null,
  pid bigint not null,
  slots integer not null,
  started_at timestamp with time zone not null,
  beat_at timestamp with time zone not null,
  stopped_at timestamp with time zone
);

create table execution.local_jobs (
  id bigint generated by default as identity primary key,
  name varchar(128) not null,
  host varchar(200) not null,
  token varchar(64) not null,
  partition_index integer not null default 0,
  -- JSON: resources, time-out, isolation, where its log goes.
  request text not null,
  status varchar(20) not null default 'QUEUED',
  worker_id varchar(64),
  queued_at timestamp with time zone not null default execution.clock(),
  taken_at timestamp with time zone,
  ended_at timestamp with time zone,
  exit_code integer,
  reason text,
  terminate_reason text,
  constraint local_jobs_status_known check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED'))
);
create index local_jobs_status on execution.local_jobs (status, id);
create index local_jobs_name on execution.local_jobs (name);
