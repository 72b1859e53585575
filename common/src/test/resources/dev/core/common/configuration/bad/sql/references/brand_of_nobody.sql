update configuration.pipelines set brand_id = 4711 where name = 'flow';
--! pipelines.brand_id must be the id of a row of brands; correct it, or change the rows that use it before you delete one (pipelines_brand_exists)
