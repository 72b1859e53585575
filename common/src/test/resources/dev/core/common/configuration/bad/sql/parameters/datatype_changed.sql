update configuration.pipeline_parameters set datatype = 'date' where name = 'region';
--! error: pipeline_parameters … (flow/region) default_value: 'north' is not a date (a day that exists, as yyyy-mm-dd); correct the default, or the datatype date
