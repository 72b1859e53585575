update configuration.transformation_templates set job_queue = 'large jobs' where name = 'sql';
--! error: transformation_templates … (sql) job_queue: 'large jobs' is no job queue of AWS Batch; name one by its name (letters, digits, '-' and '_', at most 128) or its ARN, or set null for that of the installation
