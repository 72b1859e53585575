update configuration.pipeline_parameters set name = 'Count' where name = 'count';
--! error: pipeline_parameters … (flow/Count) name: 'Count' is not a name: lower-case letters, digits and underscores, a letter first; rename it; names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (flow/master/probe … /an_integer) text_value: ${parameter.count}: the pipeline has no … correct the reference; ${…} is resolved for every run
