update configuration.pipelines set name = '' where name = 'flow';
--! error: pipelines … () name: a name may not be empty; lower-case letters, digits and underscores, a letter first; rename it; names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (/ingest/sql … /sql) text_value: ${task.flow_raw_extract_1.result.rows}: the pipeline … correct the reference; ${…} is resolved for every run
