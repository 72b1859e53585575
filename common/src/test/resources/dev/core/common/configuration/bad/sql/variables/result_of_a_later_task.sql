update configuration.transformation_variables set text_value = '${task.flow_ingest_sql_3.result.rows}' where name = 'source';
--! error: transformation_variables … (flow/raw/extract … /source) text_value: ${task.flow_ingest_sql_3.result.rows}: that … correct the reference; ${…} is resolved for every run
