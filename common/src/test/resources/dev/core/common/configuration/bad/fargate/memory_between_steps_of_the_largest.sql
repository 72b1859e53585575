update configuration.transformations set vcpus = 16, memory_mib = 33792 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 16 vCPU with 33792 MiB is no size of Fargate; with that … 8192; correct vcpus or memory_mib, here or of the template
