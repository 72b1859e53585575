update configuration.transformation_templates set vcpus = 0 where name = 'sql';
--! transformation_templates.vcpus must be more than 0; correct the value (transformation_templates_vcpus_positive)
