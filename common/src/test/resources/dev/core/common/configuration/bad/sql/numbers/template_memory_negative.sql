update configuration.transformation_templates set memory_mib = -1 where name = 'sql';
--! transformation_templates.memory_mib must be at least 1; correct the value (transformation_templates_memory_positive)
