update configuration.pipelines set priority = 1001 where name = 'flow';
--! pipelines.priority must be from -1000 to 1000; correct the value (pipelines_priority_in_range)
