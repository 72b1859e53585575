-- H2 gives no notices. Where a process of this machine waits for an empty datagram on the loopback address that
-- tells it to look again: the leader for workers' news and commands, a resident worker for local jobs. Null: it
-- looks by itself.
alter table execution.leadership add column notice_port integer;
alter table execution.local_workers add column notice_port integer;
