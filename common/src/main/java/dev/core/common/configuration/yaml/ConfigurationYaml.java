package dev.core.common.configuration.yaml;

import dev.core.common.configuration.ConstraintWords;
import dev.core.common.database.Dialect;
import dev.core.common.database.TransientFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The configuration as a YAML file, {@code docs/configuration-yaml.md} describes its form. Equal
 * configurations give equal text, on both databases; a text that was exported, imported into an
 * empty database and exported again is the same byte for byte. Thread-safe.
 */
public final class ConfigurationYaml {

  private final Jdbi jdbi;
  private final Dialect dialect;

  /**
   * @param jdbi of a {@link dev.core.common.database.Database}
   */
  public ConfigurationYaml(Jdbi jdbi, Dialect dialect) {
    this.jdbi = jdbi;
    this.dialect = dialect;
  }

  /** Everything, from one snapshot. */
  public String export() {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> ConfigurationExport.text(StoredRows.read(handle).byKey().values()));
  }

  /** These pipelines and all that they refer to; names that are not pipelines are passed over. */
  public String export(Collection<String> pipelines) {
    return jdbi.inTransaction(
        TransactionIsolationLevel.REPEATABLE_READ,
        handle -> ConfigurationExport.text(Selection.of(StoredRows.read(handle), pipelines)));
  }

  /** What an import would do. Nothing is written. */
  public ImportResult preview(String yaml) {
    return run(yaml, "preview", false);
  }

  /**
   * Creates and changes what the file holds, and deletes what belongs to one of its pipelines and
   * is not in it, in one transaction; or nothing, if anything is wrong. What the file does not
   * mention stays as it is; a key that is left out means its default.
   *
   * @param actor who the edit is recorded for
   */
  public ImportResult apply(String yaml, String actor) {
    return run(yaml, actor, true);
  }

  private ImportResult run(String yaml, String actor, boolean writing) {
    var read = YamlReader.read(yaml);
    var problems = new ArrayList<>(read.problems());
    var items = read.root().map(root -> new ItemReader(problems).document(root)).orElse(List.of());
    try (Handle handle = jdbi.open()) {
      long next = Identity.next(handle, dialect);
      if (writing && problems.isEmpty() && dialect == Dialect.H2) {
        reserveIds(handle, items, next);
      }
      return handle.inTransaction(
          TransactionIsolationLevel.REPEATABLE_READ,
          transaction -> {
            var result = inTransaction(transaction, items, problems, actor, next);
            if (!writing || result instanceof ImportResult.Refused) {
              transaction.rollback();
            }
            return result;
          });
    } catch (JdbiException e) {
      return refusedByDatabase(e).orElseThrow(() -> e);
    }
  }

  /** A constraint or a conflict: what was true when the store was read is not true any more. */
  private static Optional<ImportResult> refusedByDatabase(JdbiException failure) {
    return failure.getCause() instanceof SQLException cause
            && (String.valueOf(cause.getSQLState()).startsWith("23")
                || TransientFailure.of(cause).equals(Optional.of(TransientFailure.CONFLICT)))
        ? Optional.of(
            refused(
                List.of(
                    new YamlProblem(
                        0,
                        "the database refused it, perhaps because somebody else edits at the same"
                            + " time; try again"
                            + ConstraintWords.of(cause).map(words -> ": " + words).orElse("")))))
        : Optional.empty();
  }

  private ImportResult inTransaction(
      Handle handle, List<Item> items, List<YamlProblem> problems, String actor, long next) {
    var stored = StoredRows.read(handle);
    var file = FileRows.of(items, stored, next, problems);
    if (!problems.isEmpty()) {
      // Without its references it cannot be validated as a whole; this much can be told.
      problems.addAll(file.scheduleProblems());
      return refused(problems);
    }
    var changes = Changes.between(file, stored);
    var before = ImportValidation.errors(handle);
    Actor.set(handle, dialect, actor);
    try {
      new ChangeWriter(handle, stored).write(changes);
    } finally {
      Actor.clear(handle, dialect);
    }
    if (dialect == Dialect.POSTGRES && file.nextFreeId() > next) {
      Identity.advance(handle, dialect, file.nextFreeId());
    }
    var validation = ImportValidation.of(handle, file, before);
    return validation.errors().isEmpty()
        ? new ImportResult.Accepted(changes.differences(), validation.warnings())
        : refused(validation.errors());
  }

  private static ImportResult refused(List<YamlProblem> problems) {
    return new ImportResult.Refused(
        problems.stream().distinct().sorted(Comparator.comparingInt(YamlProblem::line)).toList());
  }

  /** On H2 this cannot be part of the transaction; ids that are not used after all do no harm. */
  private void reserveIds(Handle handle, List<Item> items, long next) {
    var file = FileRows.of(items, StoredRows.read(handle), next, new ArrayList<>());
    if (file.nextFreeId() > next) {
      Identity.advance(handle, dialect, file.nextFreeId());
    }
  }
}
