update configuration.transformations set memory_mib = 5000, job_queue = 'cheap' where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: … MiB is no size of Fargate; with that vCPU … 1024; correct vcpus or memory_mib, here or of the template
