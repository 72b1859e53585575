delete from configuration.transformation_variables where transformation_id = 1 and name = 'source';
--! error: transformations … (flow/raw/extract … ): the variable 'source' (string) is missing; set it: Where the data is
