insert into configuration.clients (name) values ('acme');
--! there is already a client of that name; choose another name (clients_name_unique)
