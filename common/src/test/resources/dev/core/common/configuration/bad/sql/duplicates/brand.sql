insert into configuration.brands (client_id, name) select id, 'main' from configuration.clients where name = 'acme';
--! the client has already a brand of that name; choose another (brands_name_unique)
