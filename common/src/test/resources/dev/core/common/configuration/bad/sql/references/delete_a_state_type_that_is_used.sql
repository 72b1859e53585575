delete from configuration.pipeline_state_types where name = 'raw';
--! pipeline_states.pipeline_state_type_id must be the id of a row of pipeline_state_types; correct it, or change the rows that use it before you delete one (pipeline_states_type_exists)
