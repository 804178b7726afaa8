import { deleteDB } from 'idb';

/** Deleted, not replaced: a module that keeps a connection would go on reading what it is connected to. */
export async function deleteDatabases() {
  for (const { name = '' } of await indexedDB.databases()) await deleteDB(name);
}
