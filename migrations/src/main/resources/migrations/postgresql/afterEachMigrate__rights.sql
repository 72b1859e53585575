-- After each migration, in its transaction: what it made gets the owner and the rights of its schema, so
-- that no migration has to remember them. Where whoever migrates may not give things to configurator, it
-- keeps them; the rights of the others are the same.
do $$
declare
  ours constant text[] := array['configuration', 'execution', 'auditing'];
  thing record;
begin
  if to_regrole('configurator') is null or to_regrole('orchestrator') is null then
    return;
  end if;

  if pg_has_role(current_user, 'configurator', 'usage') then
    if not has_database_privilege('configurator', current_database(), 'create') then
      begin
        execute format('grant create on database %I to configurator', current_database());
      exception
        when insufficient_privilege then null;
      end;
    end if;
    if has_database_privilege('configurator', current_database(), 'create') then
      for thing in
        select format('alter schema %I owner to configurator', n.nspname) as statement
        from pg_namespace n
        where n.nspname = any (ours) and n.nspowner <> 'configurator'::regrole
        union all
        select format('alter table %s owner to configurator', c.oid::regclass)
        from pg_class c
        where c.relnamespace::regnamespace::text = any (ours) and c.relkind in ('r', 'p', 'v', 'm')
          and c.relowner <> 'configurator'::regrole
        union all
        select format('alter routine %s owner to configurator', p.oid::regprocedure)
        from pg_proc p
        where p.pronamespace::regnamespace::text = any (ours) and p.proowner <> 'configurator'::regrole
        union all
        select format('alter type %s owner to configurator', t.oid::regtype)
        from pg_type t
        where t.typnamespace::regnamespace::text = any (ours) and t.typowner <> 'configurator'::regrole
          and t.typtype in ('d', 'e')
      loop
        execute thing.statement;
      end loop;
    end if;
  end if;

  for thing in select n.nspname as schema from pg_namespace n where n.nspname = any (ours) loop
    execute format('grant usage on schema %I to orchestrator', thing.schema);
    execute format('revoke execute on all routines in schema %I from public', thing.schema);
    if thing.schema = 'auditing' then
      -- Written by triggers with their owner's rights, and by nobody else.
      execute 'grant select on all tables in schema auditing to orchestrator';
    else
      execute format('grant select, insert, update, delete on all tables in schema %I to orchestrator', thing.schema);
      execute format('grant usage, select, update on all sequences in schema %I to orchestrator', thing.schema);
      execute format('grant execute on all routines in schema %I to orchestrator', thing.schema);
    end if;
  end loop;
  -- So that a server can tell whether the schema is the one that it was written for.
  grant select on public.core_migrations to orchestrator;
end $$;
