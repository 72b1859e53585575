/** Definition in, DAG out. Pure: knows neither SQL, nor HTTP, nor the clock. */
@NullMarked
package dev.core.orchestrator.dag;

import org.jspecify.annotations.NullMarked;
