update configuration.transformations set pool_id = 4711 where id = 2;
--! transformations.pool_id must be the id of a row of pools; correct it, or change the rows that use it before you delete one (transformations_pool_exists)
