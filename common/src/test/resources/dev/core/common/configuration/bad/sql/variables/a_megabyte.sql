insert into configuration.transformation_variables (transformation_id, name, text_value) values (4, 'a_date', repeat('9', 1100000));
--! error: transformation_variables … (flow/master/probe … /a_date) text_value: is 1,100,000 characters long; at most 1,048,576 are allowed; put it into a file that the transformation reads
--! error: transformation_variables … (flow/master/probe … /a_date) text_value: … the template 'probe' wants it to be of datatype date
