delete from configuration.clients where name = 'acme';
--! brands.client_id must be the id of a row of clients; correct it, or change the rows that use it before you delete one (brands_client_exists)
