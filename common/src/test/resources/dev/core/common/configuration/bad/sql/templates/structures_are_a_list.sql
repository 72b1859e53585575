update configuration.transformation_templates set variable_structures = '["sql"]' where name = 'sql';
--! error: transformation_templates … (sql) variable_structures: must be a JSON object, the name of a variable to its … the JSON, or publish it again with `core templates sync`
