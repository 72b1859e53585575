insert into configuration.transformation_variables (transformation_id, name, text_value) values (1, 'source', 'y');
--! the transformation has already a variable of that name; update that row (transformation_variables_name_unique)
