update configuration.clients set name = 'Acme' where name = 'acme';
--! error: clients … (Acme) name: 'Acme' is not a name: lower-case letters, digits and underscores, a letter first; rename it; names are parts of task keys and of the paths of datasets
--! error: transformation_variables … (reader/master/sql … /inputs) text_value: nobody writes 'acme/main/ingest/rows', and … name, or let a transformation before it write the dataset
