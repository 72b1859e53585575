update configuration.pipelines set time_zone = null where name = 'flow';
--! the column time_zone may not be null; give it a value
