package dev.core.common.configuration;

/** A row of a table of the configuration store. */
public interface Row {

  /** 0: not stored yet, so that the database gives it one when it is inserted. */
  long id();
}
