update configuration.transformation_templates set timeout_seconds = 0 where name = 'sql';
--! transformation_templates.timeout_seconds must be at least 1; correct the value (transformation_templates_timeout_positive)
