update configuration.pipelines set run_frequency = 'every day' where name = 'flow';
--! error: pipelines … (flow) run_frequency: 'every day' is no cron expression: it has 2 fields, and needs 5: minute, hour, day of month, month, day of week; correct it, or set null to start by hand
