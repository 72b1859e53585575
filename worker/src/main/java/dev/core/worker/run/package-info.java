/**
 * The life of one attempt in a worker: claimed, run, renewed, ended with an outcome, whatever
 * happens to the database and whoever asks it to stop.
 */
@NullMarked
package dev.core.worker.run;

import org.jspecify.annotations.NullMarked;
