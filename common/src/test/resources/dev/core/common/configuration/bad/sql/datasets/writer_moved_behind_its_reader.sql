update configuration.transformations set graph_order = 9 where id = 2;
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: 'acme/main/ingest/rows' is written by flow/ingest/sql … , which is not upstream; let it be written in an earlier wave
