update configuration.transformation_templates set vcpus = 4, memory_mib = 8192 where name = 'probe';
update configuration.transformations set memory_mib = 2048 where id = 4;
--! error: transformations … (flow/master/probe … ) memory_mib: 4 vCPU with 2048 MiB is no size of Fargate; with that … 1024; correct vcpus or memory_mib, here or of the template
