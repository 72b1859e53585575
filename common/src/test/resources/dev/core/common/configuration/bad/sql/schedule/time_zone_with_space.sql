update configuration.pipelines set time_zone = 'Europe/Berlin ' where name = 'flow';
--! error: pipelines … (flow) time_zone: 'Europe/Berlin ' is no time zone; did you mean 'Europe/Berlin'?; name one of the IANA database, such as Europe/Berlin or UTC
