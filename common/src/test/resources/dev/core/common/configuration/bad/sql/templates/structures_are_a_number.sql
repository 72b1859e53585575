update configuration.transformation_templates set variable_structures = '42' where name = 'sql';
--! error: transformation_templates … (sql) variable_structures: must be a JSON object, the name of a variable to its structure, not '42'; correct the JSON, or publish it again with `core templates sync`
