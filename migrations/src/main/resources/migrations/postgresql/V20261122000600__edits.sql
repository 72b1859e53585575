-- What becomes of an edit: the row tells when and by whom it was last changed, auditing.events keeps
-- before and after, and whoever listens is told that something changed. afterEachMigrate__edits.sql puts
-- these triggers on every table of the configuration.

-- A program names the person that it works for with: set core.actor = '…' (or set local).
create function auditing.actor() returns text
  language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select coalesce(nullif(current_setting('core.actor', true), ''), session_user) $$;

create function auditing.stamp_edit() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
declare
  named text := nullif(current_setting('core.actor', true), '');
begin
  if tg_op = 'INSERT' then
    new.last_actor := coalesce(named, new.last_actor);
  elsif new is distinct from old then
    new.updated_at := clock_timestamp();
    -- A statement that names its actor in the row is believed, as core.actor is.
    if named is not null or new.last_actor is not distinct from old.last_actor then
      new.last_actor := coalesce(named, session_user);
    end if;
  end if;
  return new;
end $$;

-- With its owner's rights: editors may read the audit and not write it.
create function auditing.record_edit() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into auditing.events (at, actor, table_name, row_id, operation, before, after)
  values (
    clock_timestamp(), auditing.actor(), tg_table_name, coalesce(new.id, old.id), tg_op,
    case when tg_op <> 'INSERT' then to_jsonb(old) end,
    case when tg_op <> 'DELETE' then to_jsonb(new) end);
  return null;
end $$;

-- The payload is constant, so that all edits of a transaction are one notice.
create function auditing.notify_edit() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  notify core_configuration;
  return null;
end $$;

create function auditing.refuse_truncate() returns trigger
  language plpgsql
  set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'truncate of %.% would escape the audit; use delete', tg_table_schema, tg_table_name;
end $$;
