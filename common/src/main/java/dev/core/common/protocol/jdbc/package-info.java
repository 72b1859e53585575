/**
 * The worker's side of the database: claims, and the jobs of local mode, spoken as Postgres
 * functions by roles without table rights and as the same statements on H2.
 */
@NullMarked
package dev.core.common.protocol.jdbc;

import org.jspecify.annotations.NullMarked;
