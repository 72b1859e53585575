update configuration.transformations set image = '' where id = 2;
--! error: transformations … (flow/ingest/sql … ) image: '' is no container image; name one such as registry/name:tag, or set null for the image of CORE itself
