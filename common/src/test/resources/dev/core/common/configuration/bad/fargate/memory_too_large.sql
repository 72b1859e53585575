update configuration.transformations set vcpus = 0.25, memory_mib = 4096 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 0.25 vCPU with 4096 MiB is no size of Fargate; with that vCPU … 1024; correct vcpus or memory_mib, here or of the template
