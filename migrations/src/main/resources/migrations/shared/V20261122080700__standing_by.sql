-- Which leader wrote an event: the epochs of the record never fall. Null: written before this was kept.
alter table execution.events add column epoch bigint;

-- Every orchestrator that lives, leader or not, says so in a row of its own.
create table execution.orchestrators (
  holder varchar(200) primary key,
  started_at timestamp with time zone not null,
  beat_at timestamp with time zone not null
);
