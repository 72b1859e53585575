update configuration.transformation_templates set image = repeat('a', 256) where name = 'sql';
--! error: transformation_templates … (sql) image: 'aaa … is no container image; name one such as registry/name:tag, or set null for the image of CORE itself; allowed: at most 255 letters, digits and ._:/@-
