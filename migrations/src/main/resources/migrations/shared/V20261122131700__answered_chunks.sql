-- The backend has answered, also where that left no job: nothing of it is asked for again.
alter table execution.chunks add column answered boolean default false not null;
