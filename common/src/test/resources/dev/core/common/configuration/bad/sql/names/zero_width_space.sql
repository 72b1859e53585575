update configuration.clients set name = 'ac​me' where name = 'acme';
--! error: clients … (ac\u200bme) name: 'ac\u200bme' is not a name: lower-case letters, digits and underscores, a letter first; rename it; names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (reader/master/sql … /inputs) text_value: nobody writes 'acme/main/ingest/rows', and … name, or let a transformation before it write the dataset
