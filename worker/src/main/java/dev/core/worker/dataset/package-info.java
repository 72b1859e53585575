/** Datasets on a folder of this machine: files of inputs, folders and listings of outputs. */
@NullMarked
package dev.core.worker.dataset;

import org.jspecify.annotations.NullMarked;
