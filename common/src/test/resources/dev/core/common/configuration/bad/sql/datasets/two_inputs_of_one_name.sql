update configuration.transformation_variables set text_value = 'raw/files, files=ingest/rows' where transformation_id = 2 and name = 'inputs';
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: two inputs are called 'files'; give one of … the template 'sql' wants it to be of datatype dataset
