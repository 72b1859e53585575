update configuration.pipeline_state_types set name = 'raw data' where name = 'raw';
--! error: pipeline_state_types … (raw data) name: 'raw data' is not a name: lower-case letters, digits and underscores, a … names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: nobody writes 'acme/main/raw/files', and it … name, or let a transformation before it write the dataset
--! error: transformation_variables … (flow/ingest/sql … /sql) text_value: ${task.flow_raw_extract_1.result.rows}: the … correct the reference; ${…} is resolved for every run
