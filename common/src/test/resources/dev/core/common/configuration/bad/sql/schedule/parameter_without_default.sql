update configuration.pipeline_parameters set default_value = null where name = 'count';
--! error: pipeline_parameters … (flow/count) default_value: has no default, and a schedule sets no parameters; give it a default, or set the pipeline's run_frequency to null
