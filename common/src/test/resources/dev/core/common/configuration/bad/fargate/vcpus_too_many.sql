update configuration.transformations set vcpus = 32, memory_mib = 122880 where id = 2;
--! error: transformations … (flow/ingest/sql … ) memory_mib: 32 vCPU is no size of Fargate; allowed: 0.25, 0.5, 1, 2, 4, 8, 16; correct vcpus or memory_mib, here or of the template
