update configuration.pipeline_states set graph_order = 10 where pipeline_id = (select id from configuration.pipelines where name = 'flow');
--! another state of the pipeline has that graph_order; each needs its own (pipeline_states_graph_order_unique)
