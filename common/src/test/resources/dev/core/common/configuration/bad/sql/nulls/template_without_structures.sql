update configuration.transformation_templates set variable_structures = null where name = 'sql';
--! the column variable_structures may not be null; give it a value
