insert into configuration.pipelines (name, brand_id, pipeline_type_id) select 'flow', brand_id, pipeline_type_id from configuration.pipelines where name = 'reader';
--! there is already a pipeline of that name; choose another name (pipelines_name_unique)
