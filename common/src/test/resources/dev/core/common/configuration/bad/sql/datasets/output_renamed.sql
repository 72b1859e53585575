update configuration.transformation_variables set text_value = 'rows.parquet' where transformation_id = 2 and name = 'output';
--! error: transformation_variables … (flow/ingest/sql … /output) text_value: dataset to write: 'rows.parquet' is not a … the template 'sql' wants it to be of datatype dataset
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: no transformation of this pipeline writes … name, or let a transformation before it write the dataset
--! error: transformation_variables … (reader/master/sql … /inputs) text_value: nobody writes 'acme/main/ingest/rows', and … name, or let a transformation before it write the dataset
