update configuration.transformation_variables set text_value = null where name = 'source';
--! the column text_value may not be null; give it a value
