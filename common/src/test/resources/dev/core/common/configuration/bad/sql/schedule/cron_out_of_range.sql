update configuration.pipelines set run_frequency = '0 24 * * *' where name = 'flow';
--! error: pipelines … (flow) run_frequency: '0 24 * * *' is no cron expression: Value 24 not in range [0, 23]; correct it, or set null to start by hand
