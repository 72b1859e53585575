update configuration.transformations set memory_mib = 3 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 3 MiB is less than a job gets on EC2; allowed: at least 4; correct vcpus or memory_mib, here or of the template
