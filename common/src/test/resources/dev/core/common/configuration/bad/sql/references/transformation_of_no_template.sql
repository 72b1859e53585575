update configuration.transformations set transformation_template_id = 4711 where id = 2;
--! transformations.transformation_template_id must be the id of a row of transformation_templates; correct it, or change the rows that use it before you delete one (transformations_template_exists)
