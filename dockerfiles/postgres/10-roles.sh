#!/bin/bash
# Run once, when the database is made: the logins of CORE's roles. What they may do, the migrations say.
set -euo pipefail
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
  -v orchestrator="$ORCHESTRATOR_PASSWORD" -v corebot="$COREBOT_PASSWORD" <<'SQL'
create role orchestrator login password :'orchestrator';
create role corebot login password :'corebot' connection limit 40;
create role corebot_local login password :'corebot' connection limit 40;
SQL
