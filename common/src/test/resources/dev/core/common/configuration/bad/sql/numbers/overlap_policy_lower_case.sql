update configuration.pipelines set overlap_policy = 'skip' where name = 'flow';
--! pipelines.overlap_policy must be QUEUE, SKIP, CANCEL_RUNNING or PARALLEL; correct the value (pipelines_overlap_policy_known)
