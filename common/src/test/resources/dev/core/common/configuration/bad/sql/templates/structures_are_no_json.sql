update configuration.transformation_templates set variable_structures = '{"sql": ' where name = 'sql';
--! transformation_templates.variable_structures must be JSON such as {"sql": {"datatype": "string"}}; correct it
