update configuration.transformations set graph_order = 5 where id = 2;
update configuration.transformation_variables set text_value = 'select ${task.flow_ingest_sql_2.result.n}' where name = 'sql' and transformation_id = 3;
--! error: transformation_variables … (flow/ingest/sql … /inputs) text_value: 'acme/main/ingest/rows' is written by flow/ingest/sql … , which is not upstream; let it be written in an earlier wave
--! error: transformation_variables … (flow/ingest/sql … /sql) text_value: ${task.flow_ingest_sql_2.result.n}: that task is … correct the reference; ${…} is resolved for every run
