-- The job queue of AWS Batch that a kind of work or one use of it goes to; null: as the template says, and
-- else that of the installation.
alter table configuration.transformation_templates add column job_queue varchar(200);
alter table configuration.transformations add column job_queue varchar(200);
