package dev.core.migrations;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a chain of migrations lies: folders that each hold {@code shared} and one folder per
 * vendor.
 *
 * @param roots as Flyway writes locations
 */
record MigrationFolders(List<String> roots) {
  static final MigrationFolders ON_CLASS_PATH =
      new MigrationFolders(List.of("classpath:migrations"));

  static final String SHARED = "shared";

  /** The same chain, and what lies in {@code folder}. */
  MigrationFolders and(Path folder) {
    var more = new ArrayList<>(roots);
    more.add("filesystem:" + folder.toAbsolutePath());
    return new MigrationFolders(List.copyOf(more));
  }

  /** What is shared, and what is the vendor's own. */
  String[] locations(Vendor vendor) {
    return roots.stream()
        .flatMap(root -> List.of(root + "/" + SHARED, root + "/" + vendor.folder()).stream())
        .toArray(String[]::new);
  }
}
