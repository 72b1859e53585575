update configuration.pipeline_parameters set default_value = 'many' where name = 'count';
--! error: pipeline_parameters … (flow/count) default_value: 'many' is not an integer (digits, with a sign before them if need be); correct the default, or the datatype integer
--! error: transformation_variables … (flow/master/probe … /an_integer) text_value: 'many' is not an integer (digits, with a … the template 'probe' wants it to be of datatype integer
