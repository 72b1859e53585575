update configuration.transformation_variables set text_value = '${task.reader_master_sql_5.result.rows}' where name = 'source';
--! error: transformation_variables … (flow/raw/extract … /source) text_value: ${task.reader_master_sql_5.result.rows}: the … none; correct the reference; ${…} is resolved for every run
