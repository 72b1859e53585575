-- configurator owns, orchestrator works, corebot runs the functions of a worker and nothing else, and
-- corebot_local those of the resident worker too. Roles belong to the cluster: they may exist already,
-- and another database of the same cluster may be migrating at this moment. They are made without
-- LOGIN; an installation gives logins, or memberships, as it likes.
do $$
declare
  -- Thousands of workers must leave connections for the leader.
  creations constant jsonb := jsonb_build_object(
    'configurator', 'create role configurator nologin',
    'orchestrator', 'create role orchestrator nologin',
    'corebot', 'create role corebot nologin connection limit 40',
    'corebot_local', 'create role corebot_local nologin connection limit 40');
  -- Members of what: the orchestrator may become a worker where workers have no login of their own,
  -- and whoever migrates may become the owner, to change later what it owns.
  memberships constant jsonb := jsonb_build_array(
    jsonb_build_array('corebot', 'corebot_local'),
    jsonb_build_array('corebot', 'orchestrator'),
    jsonb_build_array('corebot_local', 'orchestrator'),
    jsonb_build_array('configurator', current_user),
    jsonb_build_array('corebot', current_user),
    jsonb_build_array('corebot_local', current_user));
  refused text[] := '{}';
  statement text;
  creation record;
  membership jsonb;
begin
  for creation in select c.key as role, c.value as statement from jsonb_each_text(creations) c order by c.key loop
    if to_regrole(creation.role) is null then
      begin
        execute creation.statement;
      exception
        -- Another database's migration was quicker.
        when duplicate_object or unique_violation then null;
        when insufficient_privilege then refused := refused || creation.statement;
      end;
    end if;
  end loop;

  for membership in select m.value from jsonb_array_elements(memberships) m loop
    statement := format('grant %I to %I', membership ->> 0, membership ->> 1);
    if refused = '{}' and not pg_has_role(membership ->> 1, membership ->> 0, 'usage') then
      begin
        execute statement;
      exception
        when unique_violation then null;
        when insufficient_privilege then refused := refused || statement;
      end;
    elsif refused <> '{}' then
      refused := refused || statement;
    end if;
  end loop;

  if refused <> '{}' then
    raise insufficient_privilege using
      message = format(
        'user %I may not create the roles of CORE in this cluster; let an administrator run: %s; then migrate again',
        current_user, array_to_string(refused, '; '));
  end if;
end $$;
