delete from configuration.pipeline_parameters where name = 'count';
--! error: transformation_variables … (flow/master/probe … /an_integer) text_value: ${parameter.count}: the pipeline has no … correct the reference; ${…} is resolved for every run
