update configuration.transformation_templates set pipeline_state_type_id = (select id from configuration.pipeline_state_types where name = 'ingest') where name = 'extract';
--! error: transformations … (flow/raw/extract … ) transformation_template_id: the template 'extract' is for the state 'ingest' only, not for 'raw'; move the transformation there, or use another template
