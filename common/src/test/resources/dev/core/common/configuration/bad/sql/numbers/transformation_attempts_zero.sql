update configuration.transformations set attempts = 0 where id = 2;
--! transformations.attempts must be at least 1; correct the value (transformations_attempts_positive)
