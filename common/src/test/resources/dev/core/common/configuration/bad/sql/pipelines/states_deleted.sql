delete from configuration.pipeline_states where pipeline_id = (select id from configuration.pipelines where name = 'flow');
--! error: pipelines … (flow): has no transformations, so that there is nothing to run; add states and transformations, or set is_active to false
--! error: transformation_variables … (reader/master/sql … /inputs) text_value: nobody writes 'acme/main/ingest/rows', and … name, or let a transformation before it write the dataset
