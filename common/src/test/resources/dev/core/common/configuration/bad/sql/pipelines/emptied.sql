delete from configuration.transformations where pipeline_state_id in (select s.id from configuration.pipeline_states s join configuration.pipelines p on p.id = s.pipeline_id where p.name = 'flow');
--! error: pipelines … (flow): has no transformations, so that there is nothing to run; add states and transformations, or set is_active to false
--! error: transformation_variables … (reader/master/sql … /inputs) text_value: nobody writes 'acme/main/ingest/rows', and … name, or let a transformation before it write the dataset
