update configuration.transformation_templates set attempts = 0 where name = 'sql';
--! transformation_templates.attempts must be at least 1; correct the value (transformation_templates_attempts_positive)
