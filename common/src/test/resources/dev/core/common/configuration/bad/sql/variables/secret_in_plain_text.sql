insert into configuration.transformation_variables (transformation_id, name, text_value) values (1, 'password', 'correct horse battery staple');
--! error: transformation_variables … (flow/raw/extract … /password) text_value: not the name of a secret: up to four parts … the template 'extract' wants it to be of datatype secret
