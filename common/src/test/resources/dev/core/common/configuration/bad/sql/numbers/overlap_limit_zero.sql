update configuration.pipelines set overlap_limit = 0 where name = 'flow';
--! pipelines.overlap_limit must be at least 1; correct the value (pipelines_overlap_limit_positive)
