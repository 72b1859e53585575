create schema configuration;
create schema execution;

-- Cast a text to it to write it: cast(:text as configuration.json_document) works on both databases.
create domain configuration.json_document as jsonb;

-- The one clock of the execution record: every time that is stored or compared comes from here, so
-- that the clocks of processes need not agree.
create function execution.clock() returns timestamp with time zone
  language sql volatile
  as 'select clock_timestamp()';
