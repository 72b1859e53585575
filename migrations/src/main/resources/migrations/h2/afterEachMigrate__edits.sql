-- After each migration: every table of the configuration that has no triggers yet gets them.
call execution.watch_edits();
