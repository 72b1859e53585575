update configuration.transformations set memory_mib = 2000000000, timeout_seconds = 2147483647, attempts = 2147483647, retry_delay_seconds = 2147483647 where id = 2;
--! error: transformations … (flow/ingest/sql … ) attempts: 2147483647 must be from 1 to 1000; correct it; nothing could ever run so
--! error: transformations … (flow/ingest/sql … ) memory_mib: 2000000000 must be from 1 to 33554432 (32 TiB); correct it; nothing could ever run so
--! error: transformations … (flow/ingest/sql … ) retry_delay_seconds: 2147483647 must be from 0 to 2678400 (31 days); correct it; nothing could ever run so
--! error: transformations … (flow/ingest/sql … ) timeout_seconds: 2147483647 must be from 1 to 31622400 (366 days); correct it; nothing could ever run so
