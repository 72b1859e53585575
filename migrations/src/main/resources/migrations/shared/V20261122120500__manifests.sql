-- When the manifest beside the files of a dataset was written, for readers that do not know the database;
-- null: it is yet to be. Those of before have none.
alter table execution.datasets add column manifest_at timestamp with time zone;
update execution.datasets set manifest_at = committed_at;
