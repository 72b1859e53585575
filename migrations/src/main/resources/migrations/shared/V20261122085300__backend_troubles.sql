-- That a backend could not be asked, since when and why; written by the leader when that begins and ends.
create table execution.backend_troubles (
  mode varchar(20) primary key,
  since timestamp with time zone not null,
  message varchar(500) not null
);
