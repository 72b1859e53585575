-- A pipeline that is not active, or has no frequency any more, keeps its row: so its reactivation is noticed.
alter table execution.schedules add column is_active boolean default true not null;
-- Why the next date cannot be run; the cursor stays before it.
alter table execution.schedules add column blocked_date timestamp with time zone;
alter table execution.schedules add column blocked_since timestamp with time zone;
-- JSON array of sentences.
alter table execution.schedules add column problems text;
