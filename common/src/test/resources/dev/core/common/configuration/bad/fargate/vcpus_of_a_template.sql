update configuration.transformation_templates set vcpus = 0.1, memory_mib = 100 where name = 'extract';
--! error: transformations … (flow/raw/extract … ) memory_mib: 0.1 vCPU is no size of Fargate; allowed: 0.25, 0.5, 1, 2, 4, 8, 16; correct vcpus or memory_mib, here or of the template
