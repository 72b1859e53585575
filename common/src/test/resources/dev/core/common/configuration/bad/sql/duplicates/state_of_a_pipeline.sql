insert into configuration.pipeline_states (pipeline_id, pipeline_state_type_id, graph_order) select pipeline_id, pipeline_state_type_id, graph_order + 1 from configuration.pipeline_states;
--! the pipeline has that state already; leave it out (pipeline_states_type_unique)
