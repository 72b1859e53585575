delete from configuration.pools where name = 'sftp';
--! transformation_templates.pool_id must be the id of a row of pools; correct it, or change the rows that use it before you delete one (transformation_templates_pool_exists)
