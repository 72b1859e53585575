update configuration.transformation_templates set name = 'extract.v2' where name = 'extract';
--! error: transformation_templates … (extract.v2) name: 'extract.v2' is not a name: lower-case letters, digits and … names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (flow/ingest/sql … /sql) text_value: ${task.flow_raw_extract_1.result.rows}: the … correct the reference; ${…} is resolved for every run
