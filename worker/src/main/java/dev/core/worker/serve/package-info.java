/**
 * The resident worker of local mode: takes jobs of its machine from the database, a few at a time,
 * and runs them in threads, or in processes of their own.
 */
@NullMarked
package dev.core.worker.serve;

import org.jspecify.annotations.NullMarked;
