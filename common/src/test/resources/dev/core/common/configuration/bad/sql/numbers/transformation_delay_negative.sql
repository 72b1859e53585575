update configuration.transformations set retry_delay_seconds = -1 where id = 2;
--! transformations.retry_delay_seconds must be at least 0; correct the value (transformations_retry_delay_not_negative)
