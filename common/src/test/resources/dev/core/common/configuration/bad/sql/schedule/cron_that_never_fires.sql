update configuration.pipelines set run_frequency = '0 0 30 2 *' where name = 'flow';
--! error: pipelines … (flow) run_frequency: '0 0 30 2 *' never fires: no month has such a day; correct it, or set null to start by hand
