delete from configuration.transformation_templates where name = 'sql';
--! transformations.transformation_template_id must be the id of a row of transformation_templates; correct it, or change the rows that use it before you delete one (transformations_template_exists)
