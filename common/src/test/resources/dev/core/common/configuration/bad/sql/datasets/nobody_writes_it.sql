update configuration.transformation_variables set text_value = 'raw/lost' where transformation_id = 2 and name = 'inputs';
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: nobody writes 'acme/main/raw/lost', and it was … name, or let a transformation before it write the dataset
