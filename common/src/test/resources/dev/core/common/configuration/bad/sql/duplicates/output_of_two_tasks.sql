insert into configuration.transformation_variables (transformation_id, name, text_value) values (4, 'an_output', 'twice'), (4, 'another_output', 'twice');
--! error: transformation_variables … (flow/master/probe … /another_output) text_value: the dataset 'acme/main/master/twice' … …  of the same pipeline; give one of them another name
