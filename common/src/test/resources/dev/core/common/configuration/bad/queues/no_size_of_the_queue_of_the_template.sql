update configuration.transformation_templates set memory_mib = 5000, job_queue = 'arn:aws:batch:eu-central-1:123456789012:job-queue/cheap' where name = 'extract';
--! error: transformations … (flow/raw/extract … ) memory_mib: … MiB is no size of Fargate; with that vCPU … 1024; correct vcpus or memory_mib, here or of the template
