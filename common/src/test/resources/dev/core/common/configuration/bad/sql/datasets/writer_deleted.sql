delete from configuration.transformations where id = 2;
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: no transformation of this pipeline writes … name, or let a transformation before it write the dataset
--! error: transformation_variables … (reader/master/sql … /inputs) text_value: nobody writes 'acme/main/ingest/rows', and … name, or let a transformation before it write the dataset
