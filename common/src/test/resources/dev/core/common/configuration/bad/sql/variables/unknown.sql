insert into configuration.transformation_variables (transformation_id, name, text_value) values (1, 'limt', '7');
--! error: transformation_variables … (flow/raw/extract … /limt) name: the template 'extract' has no variable 'limt'; did … the template has format, limit, output, password, source
