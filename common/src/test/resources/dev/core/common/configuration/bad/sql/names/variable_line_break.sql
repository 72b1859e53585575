update configuration.transformation_variables set name = 'sou
rce' where name = 'source';
--! error: transformation_variables … (flow/raw/extract … /sou\nrce) name: the template 'extract' has no variable … the template has format, limit, output, password, source
--! error: transformations … (flow/raw/extract … ): the variable 'source' (string) is missing; set it: Where the data is
