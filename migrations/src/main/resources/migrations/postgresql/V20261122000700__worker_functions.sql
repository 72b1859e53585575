-- All that a worker may do, with the owner's rights, so that its role needs none on tables. Every function
-- bears being called again with the same arguments.

-- An exclusive hold on a partition of an attempt. The same claimant may repeat it. Gives the work order, or
-- null: somebody else holds it, or it was closed or finished, or there is none.
create function execution.claim(token text, partition_index integer, job_id text, claimant text) returns text
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  granted text;
begin
  update execution.claims c
  set claimant = claim.claimant,
      job_id = claim.job_id,
      claimed_at = coalesce(c.claimed_at, execution.clock()),
      renewed_at = execution.clock(),
      version = c.version + 1,
      has_news = true
  from execution.attempts a
  where c.token = claim.token
    and c.partition_index = claim.partition_index
    and a.id = c.attempt_id
    and c.closed_at is null
    and c.finished_at is null
    and (c.claimant is null or c.claimant = claim.claimant)
  returning a.work_order into granted;
  return granted;
end $$;

-- Renews the lease; a progress of null leaves the last one. False: stop working.
create function execution.renew(token text, partition_index integer, claimant text, progress text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update execution.claims c
  set renewed_at = execution.clock(),
      progress = coalesce(renew.progress, c.progress),
      -- News only if there is something to tell: leases are read, not announced.
      version = c.version + case when coalesce(renew.progress, c.progress) is distinct from c.progress then 1 else 0 end,
      has_news = c.has_news or coalesce(renew.progress, c.progress) is distinct from c.progress
  where c.token = renew.token
    and c.partition_index = renew.partition_index
    and c.claimant = renew.claimant
    and c.closed_at is null
    and c.finished_at is null;
  return found;
end $$;

-- Writes the outcome, once. True: it counts, or the same claimant had written one already.
create function execution.finish(token text, partition_index integer, claimant text, outcome text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update execution.claims c
  set outcome = finish.outcome,
      finished_at = execution.clock(),
      version = c.version + 1,
      has_news = true
  where c.token = finish.token
    and c.partition_index = finish.partition_index
    and c.claimant = finish.claimant
    and c.closed_at is null
    and c.finished_at is null;
  return found or exists (
    select from execution.claims c
    where c.token = finish.token
      and c.partition_index = finish.partition_index
      and c.claimant = finish.claimant
      and c.finished_at is not null);
end $$;

-- The resident worker of a machine says that it lives.
create function execution.local_beat(worker_id text, host text, pid bigint, slots integer) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  insert into execution.local_workers as w (id, host, pid, slots, started_at, beat_at)
  values (local_beat.worker_id, local_beat.host, local_beat.pid, local_beat.slots, execution.clock(), execution.clock())
  on conflict (id) do update set beat_at = excluded.beat_at, slots = excluded.slots, stopped_at = null
$$;

-- It says that it stops; a job that it still has is lost.
create function execution.local_stop(worker_id text) returns void
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  update execution.local_workers w set stopped_at = execution.clock() where w.id = local_stop.worker_id
$$;

-- Takes the oldest queued jobs of the host, at most max.
create function execution.local_take(worker_id text, host text, max integer)
  returns table (job_id bigint, token text, partition_index integer, request text)
  language sql security definer
  set search_path = pg_catalog, pg_temp
as $$
  with taken as (
    update execution.local_jobs j
    set status = 'RUNNING', worker_id = local_take.worker_id, taken_at = execution.clock()
    where j.id in (
      select q.id
      from execution.local_jobs q
      where q.status = 'QUEUED' and q.host = local_take.host and q.terminate_reason is null
      order by q.id
      limit local_take.max
      for update skip locked)
    returning j.id, j.token, j.partition_index, j.request)
  select t.id, t.token, t.partition_index, t.request from taken t order by t.id
$$;

-- What it took and has not ended: for a worker that lost the answer to a taking.
create function execution.local_held(worker_id text)
  returns table (job_id bigint, token text, partition_index integer, request text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select j.id, j.token, j.partition_index, j.request
  from execution.local_jobs j
  where j.worker_id = local_held.worker_id and j.status = 'RUNNING'
  order by j.id
$$;

-- Which of its jobs it shall end, and why.
create function execution.local_terminations(worker_id text) returns table (job_id bigint, reason text)
  language sql stable security definer
  set search_path = pg_catalog, pg_temp
as $$
  select j.id, j.terminate_reason
  from execution.local_jobs j
  where j.worker_id = local_terminations.worker_id and j.status = 'RUNNING' and j.terminate_reason is not null
  order by j.id
$$;

-- Says how one of its jobs ended; false: it is not its job, or it had ended.
create function execution.local_end(
  worker_id text, job_id bigint, succeeded boolean, exit_code integer, reason text) returns boolean
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  update execution.local_jobs j
  set status = case when local_end.succeeded then 'SUCCEEDED' else 'FAILED' end,
      ended_at = execution.clock(),
      exit_code = local_end.exit_code,
      reason = local_end.reason
  where j.id = local_end.job_id and j.worker_id = local_end.worker_id and j.status = 'RUNNING';
  return found;
end $$;

-- A new function may be executed by everybody until the transaction's last step takes that away.
grant usage on schema execution to corebot, corebot_local;
grant execute on function
  execution.claim(text, integer, text, text),
  execution.renew(text, integer, text, text),
  execution.finish(text, integer, text, text)
  to corebot, corebot_local;
grant execute on function
  execution.local_beat(text, text, bigint, integer),
  execution.local_stop(text),
  execution.local_take(text, text, integer),
  execution.local_held(text),
  execution.local_terminations(text),
  execution.local_end(text, bigint, boolean, integer, text)
  to corebot_local;
