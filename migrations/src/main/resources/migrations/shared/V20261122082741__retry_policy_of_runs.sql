-- The settings that decide about failures of a run, as JSON, sealed when it is created. Null in runs
-- from before: those go by the settings of whoever leads.
alter table execution.runs add column retry_policy text;
