update configuration.transformations set job_queue = 'arn:aws:sqs:eu-central-1:123456789012:events' where id = 2;
--! error: transformations … (flow/ingest/sql … ) job_queue: 'arn:aws:sqs:eu-central-1:123456789012:events' is no job queue of AWS Batch; name one by its name … or its ARN, or set null for that of the installation
