update configuration.pipeline_states set graph_order = 99 where graph_order = 10;
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: 'acme/main/raw/files' is written by flow/raw/extract … , which is not upstream; let it be written in an earlier wave
--! error: transformation_variables … (flow/ingest/sql … /sql) text_value: ${task.flow_raw_extract_1.result.rows}: that task … correct the reference; ${…} is resolved for every run
