update configuration.pipeline_types set name = '../analytics' where name = 'analytics';
--! error: pipeline_types … (../analytics) name: '../analytics' is not a name: lower-case letters, digits and underscores, a … names are parts of task keys and of the paths of datasets
