package dev.core.common.storage;

class FolderStoreTest extends DatasetStoreContract {
  @Override
  String root() {
    return here.resolve("root").toString();
  }
}
