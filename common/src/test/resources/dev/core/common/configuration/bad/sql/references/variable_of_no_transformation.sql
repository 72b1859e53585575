insert into configuration.transformation_variables (transformation_id, name, text_value) values (4711, 'x', 'y');
--! transformation_variables.transformation_id must be the id of a row of transformations; correct it, or change the rows that use it before you delete one (transformation_variables_transformation_exists)
