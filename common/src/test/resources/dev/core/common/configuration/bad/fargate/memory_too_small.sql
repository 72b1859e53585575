update configuration.transformations set vcpus = 1, memory_mib = 512 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 1 vCPU with 512 MiB is no size of Fargate; with that vCPU … 1024; correct vcpus or memory_mib, here or of the template
