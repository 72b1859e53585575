-- H2 has no partial indexes.
create index execution.datasets_without_manifest on execution.datasets (manifest_at);
