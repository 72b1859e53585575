update configuration.transformation_templates set image = 'core:1
rm -rf /' where name = 'sql';
--! error: transformation_templates … (sql) image: 'core:1\nrm -rf /' is no container image; name one such as registry/name:tag, or set null for the image of CORE itself
