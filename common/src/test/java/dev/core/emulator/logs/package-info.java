/** Amazon CloudWatch Logs: streams of lines, read page by page. */
@NullMarked
package dev.core.emulator.logs;

import org.jspecify.annotations.NullMarked;
