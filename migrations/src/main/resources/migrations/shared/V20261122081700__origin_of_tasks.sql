-- How a task came to its status, if not by attempts of its own: somebody marked it, or another run did
-- the work, whose datasets are then this run's too.
alter table execution.tasks add column marked_by varchar(200);
alter table execution.tasks add column mark_reason varchar(500);
alter table execution.tasks add column taken_from_run bigint;
alter table execution.tasks add column taken_from_task integer;
alter table execution.tasks add column taken_from_attempt integer;
alter table execution.tasks add constraint tasks_mark_whole
  check ((marked_by is null) = (mark_reason is null));
alter table execution.tasks add constraint tasks_taken_whole
  check ((taken_from_run is null) = (taken_from_task is null)
    and (taken_from_run is null) = (taken_from_attempt is null));
