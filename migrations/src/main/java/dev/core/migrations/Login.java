package dev.core.migrations;

import java.util.List;

/**
 * A role of CORE on Postgres and the password that it logs in with. Its text does not tell the
 * password.
 */
public record Login(String role, String password) {

  /** The roles that the migrations make. */
  public static final List<String> ROLES =
      List.of("configurator", "orchestrator", "corebot", "corebot_local");

  public Login {
    if (!ROLES.contains(role)) {
      throw new IllegalArgumentException(
          "there is no role %s; the roles of CORE are %s"
              .formatted(role, String.join(", ", ROLES)));
    }
    if (password.isBlank()) {
      throw new IllegalArgumentException("the password of role " + role + " is empty");
    }
  }

  @Override
  public String toString() {
    return "login of " + role;
  }
}
