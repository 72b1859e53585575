-- After each migration, in its transaction: every table of the configuration that has no triggers yet
-- gets them, so that no migration can forget the audit.
do $$
declare
  watched record;
begin
  if to_regprocedure('auditing.record_edit()') is null then
    return;
  end if;
  for watched in
    select c.oid::regclass as name
    from pg_class c
    where c.relnamespace = 'configuration'::regnamespace and c.relkind in ('r', 'p')
      and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'record_edit')
    order by c.relname
  loop
    execute format('create trigger stamp_edit before insert or update on %s '
      'for each row execute function auditing.stamp_edit()', watched.name);
    execute format('create trigger record_edit after insert or delete on %s '
      'for each row execute function auditing.record_edit()', watched.name);
    -- An update that changed nothing is no edit.
    execute format('create trigger record_update after update on %s '
      'for each row when (old.* is distinct from new.*) execute function auditing.record_edit()', watched.name);
    execute format('create trigger notify_edit after insert or update or delete on %s '
      'for each statement execute function auditing.notify_edit()', watched.name);
    execute format('create trigger refuse_truncate before truncate on %s '
      'for each statement execute function auditing.refuse_truncate()', watched.name);
  end loop;
end $$;
