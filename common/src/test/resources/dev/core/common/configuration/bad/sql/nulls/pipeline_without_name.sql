update configuration.pipelines set name = null where name = 'flow';
--! the column name may not be null; give it a value
