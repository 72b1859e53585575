update configuration.transformations set vcpus = 0.5 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 0.5 vCPU is less than a job gets on EC2; allowed: at least 1; correct vcpus or memory_mib, here or of the template
