insert into configuration.pipeline_parameters (pipeline_id, name) select id, 'count' from configuration.pipelines where name = 'flow';
--! the pipeline has already a parameter of that name; choose another (pipeline_parameters_name_unique)
