update configuration.transformations set timeout_seconds = -5 where id = 2;
--! transformations.timeout_seconds must be at least 1; correct the value (transformations_timeout_positive)
