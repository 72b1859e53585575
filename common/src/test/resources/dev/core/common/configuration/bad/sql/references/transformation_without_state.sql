insert into configuration.transformations (pipeline_state_id, transformation_template_id) select 4711, id from configuration.transformation_templates where name = 'sql';
--! transformations.pipeline_state_id must be the id of a row of pipeline_states; correct it, or change the rows that use it before you delete one (transformations_state_exists)
