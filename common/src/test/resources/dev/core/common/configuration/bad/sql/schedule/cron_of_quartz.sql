update configuration.pipelines set run_frequency = '0 0 12 1/1 * ? *' where name = 'flow';
--! error: pipelines … (flow) run_frequency: '0 0 12 1/1 * ? *' is no cron expression: it has 7 fields, and needs 5: minute, … day of week; correct it, or set null to start by hand
