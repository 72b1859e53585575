package dev.core.common.settings;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A database URL as people write it, taken apart, so that the password is in no text that may be
 * shown.
 */
record DatabaseUrl(String jdbc, @Nullable String user, @Nullable String password) {

  private static final Pattern WITH_LOGIN =
      Pattern.compile("jdbc:postgresql://([^:@/]*)(?::([^@/]*))?@(.*)");

  static DatabaseUrl parse(String text) {
    var jdbc = text.replaceFirst("^postgres(ql)?://", "jdbc:postgresql://");
    if (!jdbc.startsWith("jdbc:postgresql:")) {
      return new DatabaseUrl(jdbc, null, null);
    }
    String user = null;
    String password = null;
    Matcher login = WITH_LOGIN.matcher(jdbc);
    if (login.matches()) {
      user = decoded(login.group(1));
      password = decoded(login.group(2));
      jdbc = "jdbc:postgresql://" + login.group(3);
    }
    int question = jdbc.indexOf('?');
    if (question >= 0) {
      var kept = new ArrayList<String>();
      for (var part : jdbc.substring(question + 1).split("&", -1)) {
        if (part.startsWith("user=")) {
          user = decoded(part.substring("user=".length()));
        } else if (part.startsWith("password=")) {
          password = decoded(part.substring("password=".length()));
        } else if (!part.isEmpty()) {
          kept.add(part);
        }
      }
      jdbc = jdbc.substring(0, question) + (kept.isEmpty() ? "" : "?" + String.join("&", kept));
    }
    return new DatabaseUrl(jdbc, user, password);
  }

  private static @Nullable String decoded(@Nullable String text) {
    return text == null || text.isEmpty() ? null : URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
