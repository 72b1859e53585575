update configuration.pipeline_state_types set graph_order = 10 where name = 'ingest';
--! another state type has that graph_order; each needs its own (pipeline_state_types_graph_order_unique)
