update configuration.pipelines set time_zone = 'Mars/Olympus_Mons' where name = 'flow';
--! error: pipelines … (flow) time_zone: 'Mars/Olympus_Mons' is no time zone; name one of the IANA database, such as Europe/Berlin or UTC
