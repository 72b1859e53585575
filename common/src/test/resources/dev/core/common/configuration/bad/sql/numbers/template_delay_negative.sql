update configuration.transformation_templates set retry_delay_seconds = -1 where name = 'sql';
--! transformation_templates.retry_delay_seconds must be at least 0; correct the value (transformation_templates_retry_delay_not_negative)
