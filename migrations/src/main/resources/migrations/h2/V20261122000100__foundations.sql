create schema configuration;
create schema execution;

create domain configuration.json_document as character varying check (value is json);

create alias execution.clock for 'dev.core.migrations.h2.ExecutionClock.now';

create alias execution.watch_edits for 'dev.core.migrations.h2.EditTrigger.watchAll';
