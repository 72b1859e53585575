update configuration.pipeline_parameters set datatype = 'int' where name = 'count';
--! pipeline_parameters.datatype must be string, integer, decimal, boolean, date, datetime or json; correct the value (pipeline_parameters_datatype_known)
