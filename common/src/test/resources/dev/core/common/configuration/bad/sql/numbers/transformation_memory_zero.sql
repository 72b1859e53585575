update configuration.transformations set memory_mib = 0 where id = 2;
--! transformations.memory_mib must be at least 1; correct the value (transformations_memory_positive)
