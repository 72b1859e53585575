package dev.core.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the information schema of H2; types are written as in the migrations. */
final class H2Catalog {
  /** What a text without a length has. */
  private static final int UNLIMITED = 1_000_000_000;

  /** Names that H2 makes up, and may make up otherwise in another database. */
  private static final Pattern MADE_UP = Pattern.compile("CONSTRAINT_[0-9A-F]+(_\\d+)?");

  private H2Catalog() {}

  static List<SchemaItem> read(Connection connection) throws SQLException {
    var items = new ArrayList<SchemaItem>();
    items.addAll(types(connection));
    items.addAll(sequences(connection));
    items.addAll(tables(connection));
    items.addAll(columns(connection));
    items.addAll(constraints(connection));
    items.addAll(indexes(connection));
    items.addAll(routines(connection));
    items.addAll(views(connection));
    items.addAll(triggers(connection));
    return items;
  }

  private static List<SchemaItem> types(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select d.domain_schema, d.domain_name, lower(d.data_type), (
            select listagg(' check (' || c.check_clause || ')', '') within group (order by c.check_clause)
            from information_schema.domain_constraints k
              join information_schema.check_constraints c
                on c.constraint_schema = k.constraint_schema and c.constraint_name = k.constraint_name
            where k.domain_schema = d.domain_schema and k.domain_name = d.domain_name)
        from information_schema.domains d
        where d.domain_schema in :schemas
        order by d.domain_schema, d.domain_name
        """,
        row ->
            new SchemaItem.Type(
                row.getString(1),
                row.getString(2),
                "create domain if not exists %s as %s%s"
                    .formatted(
                        Names.of(row.getString(1), row.getString(2)),
                        row.getString(3),
                        row.getString(4) == null ? "" : row.getString(4))));
  }

  private static List<SchemaItem> sequences(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select s.sequence_schema, s.sequence_name, lower(s.data_type), s.increment, s.start_value
        from information_schema.sequences s
        where s.sequence_schema in :schemas
        order by s.sequence_schema, s.sequence_name
        """,
        row ->
            new SchemaItem.Sequence(
                row.getString(1),
                row.getString(2),
                "create sequence if not exists %s as %s increment by %s start with %s"
                    .formatted(
                        Names.of(row.getString(1), row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5))));
  }

  private static List<SchemaItem> tables(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select t.table_schema, t.table_name
        from information_schema.tables t
        where t.table_schema in :schemas and t.table_type = 'BASE TABLE'
        order by t.table_schema, t.table_name
        """,
        row -> new SchemaItem.Table(row.getString(1), row.getString(2)));
  }

  private static List<SchemaItem> columns(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select c.table_schema, c.table_name, c.column_name, lower(c.data_type) as data_type, c.domain_schema,
          c.domain_name, c.character_maximum_length, c.numeric_precision, c.numeric_scale, c.datetime_precision,
          c.is_nullable, c.column_default, c.is_identity, c.identity_generation, c.is_generated, c.generation_expression
        from information_schema.columns c
          join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
        where c.table_schema in :schemas and t.table_type = 'BASE TABLE'
        order by c.table_schema, c.table_name, c.ordinal_position
        """,
        row ->
            new SchemaItem.Column(
                row.getString("table_schema"),
                row.getString("table_name"),
                row.getString("column_name"),
                type(row),
                "YES".equals(row.getString("is_nullable")),
                row.getString("column_default"),
                generated(row)));
  }

  private static String type(ResultSet row) throws SQLException {
    if (row.getString("domain_name") != null) {
      return Names.of(row.getString("domain_schema"), row.getString("domain_name"));
    }
    var type = row.getString("data_type");
    var length = row.getLong("character_maximum_length");
    return switch (type) {
      case "character varying" -> length >= UNLIMITED ? "text" : type + "(" + length + ")";
      case "character" -> "character(" + length + ")";
      case "binary varying" -> "bytea";
      case "character large object" -> "text";
      case "decfloat" -> "numeric";
      case "numeric" ->
          "numeric(%d, %d)".formatted(row.getInt("numeric_precision"), row.getInt("numeric_scale"));
      default -> type;
    };
  }

  private static @Nullable String generated(ResultSet row) throws SQLException {
    if ("YES".equals(row.getString("is_identity"))) {
      return "generated %s as identity"
          .formatted(row.getString("identity_generation").toLowerCase(Locale.ROOT));
    }
    return "ALWAYS".equals(row.getString("is_generated"))
        ? "generated always as (" + row.getString("generation_expression") + ")"
        : null;
  }

  private static List<SchemaItem> constraints(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select k.table_schema, k.table_name, k.constraint_name, k.constraint_type, c.check_clause, r.delete_rule,
          r.update_rule, (
            select listagg(u.column_name, ', ') within group (order by u.ordinal_position)
            from information_schema.key_column_usage u
            where u.constraint_schema = k.constraint_schema and u.constraint_name = k.constraint_name) as columns, (
            select listagg(u.column_name, ', ') within group (order by u.ordinal_position)
            from information_schema.key_column_usage u
            where u.constraint_schema = r.unique_constraint_schema
              and u.constraint_name = r.unique_constraint_name) as referenced_columns,
          q.table_schema as referenced_schema, q.table_name as referenced_table
        from information_schema.table_constraints k
          left join information_schema.check_constraints c
            on c.constraint_schema = k.constraint_schema and c.constraint_name = k.constraint_name
          left join information_schema.referential_constraints r
            on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
          left join information_schema.table_constraints q
            on q.constraint_schema = r.unique_constraint_schema and q.constraint_name = r.unique_constraint_name
        where k.table_schema in :schemas
        order by k.table_schema, k.table_name, k.constraint_name
        """,
        H2Catalog::constraint);
  }

  private static SchemaItem constraint(ResultSet row) throws SQLException {
    var table = row.getString("table_name");
    var type = row.getString("constraint_type");
    var columns = row.getString("columns");
    var definition =
        switch (type) {
          case "CHECK" -> "check (" + row.getString("check_clause") + ")";
          case "FOREIGN KEY" ->
              "foreign key (%s) references %s (%s)%s%s"
                  .formatted(
                      columns,
                      Names.of(
                          row.getString("referenced_schema"), row.getString("referenced_table")),
                      row.getString("referenced_columns"),
                      rule(" on update ", row.getString("update_rule")),
                      rule(" on delete ", row.getString("delete_rule")));
          default -> type.toLowerCase(Locale.ROOT) + " (" + columns + ")";
        };
    var name = row.getString("constraint_name");
    boolean isNamed = !MADE_UP.matcher(name).matches();
    if (!isNamed) {
      // As Postgres calls it, so that the same thing is found again.
      name = type.equals("PRIMARY KEY") ? table + "_pkey" : "(" + definition + ")";
    }
    return new SchemaItem.Constraint(
        row.getString("table_schema"),
        table,
        name,
        definition,
        isNamed || type.equals("PRIMARY KEY"));
  }

  private static String rule(String words, String rule) {
    return rule.equals("NO ACTION") || rule.equals("RESTRICT")
        ? ""
        : words + rule.toLowerCase(Locale.ROOT);
  }

  private static List<SchemaItem> indexes(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select i.table_schema, i.table_name, i.index_name, i.index_type_name, (
            select listagg(c.column_name || case c.ordering_specification when 'DESC' then ' desc' else '' end, ', ')
              within group (order by c.ordinal_position)
            from information_schema.index_columns c
            where c.index_schema = i.index_schema and c.index_name = i.index_name)
        from information_schema.indexes i
        where i.table_schema in :schemas and not i.is_generated
        order by i.table_schema, i.table_name, i.index_name
        """,
        row ->
            new SchemaItem.Index(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                "create %sindex %s on %s (%s)"
                    .formatted(
                        row.getString(4).startsWith("UNIQUE") ? "unique " : "",
                        Names.of(row.getString(3)),
                        Names.of(row.getString(1), row.getString(2)),
                        row.getString(5))));
  }

  private static List<SchemaItem> routines(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select r.routine_schema, r.routine_name, r.external_name
        from information_schema.routines r
        where r.routine_schema in :schemas
        order by r.routine_schema, r.routine_name
        """,
        row ->
            new SchemaItem.Routine(
                row.getString(1),
                row.getString(2),
                "create alias if not exists %s for '%s'"
                    .formatted(Names.of(row.getString(1), row.getString(2)), row.getString(3))));
  }

  private static List<SchemaItem> views(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select v.table_schema, v.table_name, v.view_definition
        from information_schema.views v
        where v.table_schema in :schemas
        order by v.table_schema, v.table_name
        """,
        row -> new SchemaItem.View(row.getString(1), row.getString(2), false, row.getString(3)));
  }

  private static List<SchemaItem> triggers(Connection connection) throws SQLException {
    return SchemaSnapshot.read(
        connection,
        """
        select g.trigger_schema, g.event_object_table, g.trigger_name, g.action_timing, g.action_orientation, g.java_class,
          listagg(g.event_manipulation, ', ') within group (order by g.event_manipulation) as events
        from information_schema.triggers g
        where g.trigger_schema in :schemas
        group by g.trigger_schema, g.event_object_table, g.trigger_name, g.action_timing, g.action_orientation, g.java_class
        order by g.trigger_schema, g.event_object_table, g.trigger_name
        """,
        row ->
            new SchemaItem.Trigger(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                "create trigger if not exists %s %s %s on %s for each %s call '%s'"
                    .formatted(
                        Names.of(row.getString(1), row.getString(3)),
                        row.getString("action_timing").toLowerCase(Locale.ROOT),
                        row.getString("events").toLowerCase(Locale.ROOT),
                        Names.of(row.getString(1), row.getString(2)),
                        row.getString("action_orientation").toLowerCase(Locale.ROOT),
                        row.getString("java_class"))));
  }
}
