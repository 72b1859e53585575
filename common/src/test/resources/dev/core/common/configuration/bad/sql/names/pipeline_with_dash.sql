update configuration.pipelines set name = 'fl-ow' where name = 'flow';
--! error: pipelines … (fl-ow) name: 'fl-ow' is not a name: lower-case letters, digits and underscores, a letter first; rename it; names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (fl-ow/ingest/sql … /sql) text_value: ${task.flow_raw_extract_1.result.rows}: the … correct the reference; ${…} is resolved for every run
