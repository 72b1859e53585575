update configuration.pools set slots = -1 where name = 'sftp';
--! pools.slots must be at least 0; correct the value (pools_slots_not_negative)
