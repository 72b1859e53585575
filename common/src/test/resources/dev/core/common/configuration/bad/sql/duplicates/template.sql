insert into configuration.transformation_templates (name, variable_structures) values ('sql', '{}');
--! there is already a template of that name; choose another name (transformation_templates_name_unique)
