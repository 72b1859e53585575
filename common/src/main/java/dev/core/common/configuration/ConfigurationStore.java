package dev.core.common.configuration;

import dev.core.common.database.Dialect;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/**
 * All tables of the configuration store, over one connection. What is written is written in the
 * transaction that the connection is in, or else in one of its own, and in the name of an actor.
 * Not thread-safe.
 */
public final class ConfigurationStore {
  private final Handle handle;
  private final Actor actor;
  private final Dialect dialect;

  /**
   * @param actor who is to be recorded as the author of what is written
   */
  public ConfigurationStore(Handle handle, String actor) {
    this.handle = handle;
    this.dialect = dialect(handle);
    this.actor = new Actor(actor, dialect);
  }

  private static Dialect dialect(Handle handle) {
    try {
      return Dialect.of(handle.getConnection());
    } catch (SQLException e) {
      throw new IllegalStateException("the connection does not tell its database", e);
    }
  }

  public Rows<Client> clients() {
    return rows(Tables.CLIENTS);
  }

  public Rows<Brand> brands() {
    return rows(Tables.BRANDS);
  }

  public Rows<Segment> segments() {
    return rows(Tables.SEGMENTS);
  }

  public Rows<PipelineType> pipelineTypes() {
    return rows(Tables.PIPELINE_TYPES);
  }

  public Rows<Pipeline> pipelines() {
    return rows(Tables.PIPELINES);
  }

  public Rows<PipelineParameter> pipelineParameters() {
    return rows(Tables.PIPELINE_PARAMETERS);
  }

  public Rows<PipelineStateType> pipelineStateTypes() {
    return rows(Tables.PIPELINE_STATE_TYPES);
  }

  public Rows<PipelineState> pipelineStates() {
    return rows(Tables.PIPELINE_STATES);
  }

  public Rows<Pool> pools() {
    return rows(Tables.POOLS);
  }

  public Rows<TransformationTemplate> transformationTemplates() {
    return rows(Tables.TRANSFORMATION_TEMPLATES);
  }

  public Rows<Transformation> transformations() {
    return rows(Tables.TRANSFORMATIONS);
  }

  public Rows<TransformationVariable> transformationVariables() {
    return rows(Tables.TRANSFORMATION_VARIABLES);
  }

  public Rows<Tag> tags() {
    return rows(Tables.TAGS);
  }

  public Rows<TransformationTemplateTag> transformationTemplateTags() {
    return rows(Tables.TRANSFORMATION_TEMPLATE_TAGS);
  }

  /**
   * Lets the ids that the database gives follow those that rows brought along. To be called last
   * after inserting rows with ids of their own; on H2 it commits the transaction.
   */
  public void continueIds() {
    for (var table : Tables.ALL) {
      Identities.follow(handle, dialect, table.name());
    }
  }

  private <R extends Row> Rows<R> rows(Table<R> table) {
    return new Rows<>(table, handle, actor);
  }
}
