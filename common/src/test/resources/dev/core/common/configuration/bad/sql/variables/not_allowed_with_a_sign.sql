insert into configuration.transformation_variables (transformation_id, name, text_value) values (4, 'level', '+4');
--! error: transformation_variables … (flow/master/probe … /level) text_value: '4' is not allowed; allowed: 1, 2, 3; choose one, or add it to the template
