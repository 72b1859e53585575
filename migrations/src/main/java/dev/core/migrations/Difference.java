package dev.core.migrations;

/** One way in which a live database differs from what the migrations give. */
public sealed interface Difference {

  /** The thing that it is about, as the live database has it if it does. */
  SchemaItem item();

  /** One line for a person. */
  String describe();

  /** The database has it; no migration makes it. */
  record Added(SchemaItem item) implements Difference {
    @Override
    public String describe() {
      return "added    " + item.key() + summary(item);
    }
  }

  /** The migrations make it; the database has it not. */
  record Missing(SchemaItem item) implements Difference {
    @Override
    public String describe() {
      return "missing  " + item.key() + summary(item);
    }
  }

  /** Both have it, with another definition. */
  record Changed(SchemaItem expected, SchemaItem item) implements Difference {
    @Override
    public String describe() {
      return "changed  %s%n    migrations: %s%n    database:   %s"
          .formatted(item.key(), expected.definition().strip(), item.definition().strip());
    }
  }

  private static String summary(SchemaItem item) {
    return switch (item) {
      case SchemaItem.Column column -> ": " + column.definition();
      case SchemaItem.Constraint constraint -> ": " + constraint.definition();
      case SchemaItem.Table _, SchemaItem.Type _, SchemaItem.Sequence _ -> "";
      case SchemaItem.Index _, SchemaItem.View _, SchemaItem.Routine _, SchemaItem.Trigger _ -> "";
    };
  }
}
