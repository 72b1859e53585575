insert into configuration.transformation_variables (transformation_id, name, text_value) values (1, 'format', 'parquet');
--! error: transformation_variables … (flow/raw/extract … /format) text_value: 'parquet' is not allowed; allowed: csv, json; choose one, or add it to the template
