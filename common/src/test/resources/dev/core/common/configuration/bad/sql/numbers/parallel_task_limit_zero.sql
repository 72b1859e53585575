update configuration.pipelines set parallel_task_limit = 0 where name = 'flow';
--! pipelines.parallel_task_limit must be at least 1, or null for none; correct the value (pipelines_parallel_task_limit_positive)
