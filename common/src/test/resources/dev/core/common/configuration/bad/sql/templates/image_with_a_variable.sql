update configuration.transformations set image = 'tools:${branch}' where id = 2;
--! error: transformations … (flow/ingest/sql … ) image: 'tools:${branch}' is no container image; name one such as registry/name:tag, or set null for the image of CORE itself; allowed: at most 255 letters, digits and ._:/@-
