package dev.core.orchestrator.cli;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes, and what is known of it.
 *
 * @param out standard output
 * @param err standard error
 * @param terminal whether standard output goes to a person's terminal
 * @param errTerminal the same of standard error
 * @param width columns of the terminal; {@link Integer#MAX_VALUE} where nothing needs to be cut
 * @param colours whether escape sequences may be written
 * @param answers gives what a person types, line by line, and null at the end; null: nobody is
 *     there
 */
public record Console(
    PrintWriter out,
    PrintWriter err,
    boolean terminal,
    boolean errTerminal,
    int width,
    boolean colours,
    @Nullable Supplier<@Nullable String> answers) {

  /** No terminal: nothing is cut, coloured or rewritten in place. */
  public static Console plain(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, false, Integer.MAX_VALUE, false, null);
  }

  String dress(String text, Style style) {
    return colours && style != Style.PLAIN
        ? "\u001b[" + style.code() + "m" + text + "\u001b[0m"
        : text;
  }
}
