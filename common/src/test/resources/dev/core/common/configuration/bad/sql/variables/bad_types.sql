insert into configuration.transformation_variables (transformation_id, name, text_value) values (4, 'a_decimal', '1,000.5'), (4, 'a_boolean', '1'), (4, 'a_date', '2026-13-01'), (4, 'a_datetime', 'yesterday'), (4, 'a_json', '{"a": }'), (4, 'a_secret', 'hunter2!'), (4, 'an_input', 'rows'), (4, 'an_output', '../rows');
--! error: transformation_variables … (flow/master/probe … /a_decimal) text_value: '1,000.5' is not a decimal (such as -12.5 or 1e6); the template 'probe' wants it to be of datatype decimal
--! error: transformation_variables … (flow/master/probe … /a_boolean) text_value: '1' is not a boolean (true or false); the template 'probe' wants it to be of datatype boolean
--! error: transformation_variables … (flow/master/probe … /a_date) text_value: '2026-13-01' is not a date (a day that exists, as yyyy-mm-dd); the template 'probe' wants it to be of datatype date
--! error: transformation_variables … (flow/master/probe … /a_datetime) text_value: 'yesterday' is not a datetime (such as … the template 'probe' wants it to be of datatype datetime
--! error: transformation_variables … (flow/master/probe … /a_json) text_value: '{"a": }' is not json: unexpected '}'; a … 7); the template 'probe' wants it to be of datatype json
--! error: transformation_variables … (flow/master/probe … /a_secret) text_value: not the name of a secret: up to four parts … '/'; the template 'probe' wants it to be of datatype secret
--! error: transformation_variables … (flow/master/probe … /an_input) text_value: 'rows' is no dataset: <state>/<dataset> or … the template 'probe' wants it to be of datatype dataset
--! error: transformation_variables … (flow/master/probe … /an_output) text_value: dataset to write: '../rows' is not a … the template 'probe' wants it to be of datatype dataset
