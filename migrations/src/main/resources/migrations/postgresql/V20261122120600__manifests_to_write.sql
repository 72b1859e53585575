create index datasets_without_manifest on execution.datasets (id) where manifest_at is null;
