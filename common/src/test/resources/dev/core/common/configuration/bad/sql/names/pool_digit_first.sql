update configuration.pools set name = '9pool' where name = 'sftp';
--! error: pools … (9pool) name: '9pool' is not a name: lower-case letters, digits and underscores, a letter first; rename it; names are parts of task keys and of the paths of datasets
