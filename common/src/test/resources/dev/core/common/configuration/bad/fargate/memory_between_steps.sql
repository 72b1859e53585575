update configuration.transformations set vcpus = 2, memory_mib = 5000 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 2 vCPU with 5000 MiB is no size of Fargate; with that vCPU … 1024; correct vcpus or memory_mib, here or of the template
