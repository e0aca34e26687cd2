import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** Anything kept in the store has an id. */
export interface Stored {
  id: string;
}

interface Statements {
  put: StatementSync;
  remove: StatementSync;
  putText: StatementSync;
  getText: StatementSync;
}

/**
 * One kind of document: all of them in memory, each write in SQLite within the running transaction.
 * Documents are replaced, never edited in place, so that a rollback only has to put the old ones back.
 */
export class Collection<T extends Stored> {
  readonly name: string;
  readonly #store: Store;
  readonly #byId = new Map<string, T>();
  readonly #indexes = new Map<keyof T, Map<unknown, Set<string>>>();

  constructor(store: Store, name: string, indexed: readonly (keyof T)[], rows: Iterable<T>) {
    this.name = name;
    this.#store = store;
    for (const key of indexed) this.#indexes.set(key, new Map());
    for (const row of rows) this.restore(row.id, row);
  }

  get(id: string | null | undefined): T | undefined {
    return id ? this.#byId.get(id) : undefined;
  }

  /** The document, where its absence can only be a fault of ours. */
  need(id: string): T {
    const found = this.#byId.get(id);
    if (!found) throw new Error(`${this.name} ${id} is missing from the store`);
    return found;
  }

  /** All documents, oldest first. */
  all(): T[] {
    return [...this.#byId.values()];
  }

  values(): Iterable<T> {
    return this.#byId.values();
  }

  get size(): number {
    return this.#byId.size;
  }

  /** Documents whose indexed field has this value, oldest first. */
  where<K extends keyof T>(key: K, value: T[K]): T[] {
    const index = this.#indexes.get(key);
    if (!index) throw new Error(`${this.name} has no index on ${String(key)}`);
    const found: T[] = [];
    for (const id of index.get(value) ?? []) {
      const document = this.#byId.get(id);
      if (document) found.push(document);
    }
    return found;
  }

  put(document: T): T {
    this.#store.record(this, document.id, this.#byId.get(document.id), document);
    this.restore(document.id, document);
    return document;
  }

  /** Replaces some fields and returns the new document. */
  patch(id: string, changes: Partial<T>): T {
    return this.put({ ...this.need(id), ...changes });
  }

  remove(id: string): void {
    const old = this.#byId.get(id);
    if (!old) return;
    this.#store.record(this, id, old, undefined);
    this.restore(id, undefined);
  }

  /** Drops all documents from memory. */
  empty(): void {
    this.#byId.clear();
    for (const index of this.#indexes.values()) index.clear();
  }

  /** Sets memory without writing; used when loading and rolling back. */
  restore(id: string, document: T | undefined): void {
    const old = this.#byId.get(id);
    for (const [key, index] of this.#indexes) {
      if (old && (!document || old[key] !== document[key])) index.get(old[key])?.delete(id);
      if (document && (!old || old[key] !== document[key])) {
        const ids = index.get(document[key]);
        if (ids) ids.add(id);
        else index.set(document[key], new Set([id]));
      }
    }
    if (document) this.#byId.set(id, document);
    else this.#byId.delete(id);
  }
}

/**
 * A document store in one SQLite file. Changes happen in transactions, which are on disk (write-ahead
 * log) before `transaction` returns: a killed process loses nothing that it has acknowledged.
 */
export class Store {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  readonly #collections = new Map<string, { empty(): void }>();
  #undo: (() => void)[] | null = null;
  #afterCommit: (() => void)[] = [];

  /** Opens or makes the store in `dataDir`; an empty string keeps everything in memory. */
  constructor(dataDir: string) {
    if (dataDir) mkdirSync(dataDir, { recursive: true });
    this.#db = new DatabaseSync(dataDir ? join(dataDir, "polar.sqlite") : ":memory:");
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA wal_autocheckpoint = 8000;
      PRAGMA busy_timeout = 2000;
      CREATE TABLE IF NOT EXISTS documents (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        collection TEXT NOT NULL,
        id TEXT NOT NULL,
        data TEXT NOT NULL,
        UNIQUE (collection, id)
      );
      CREATE TABLE IF NOT EXISTS texts (id TEXT PRIMARY KEY, body TEXT NOT NULL);
    `);
    this.#statements = {
      put: this.#db.prepare(
        `INSERT INTO documents (collection, id, data) VALUES (?, ?, ?)
         ON CONFLICT (collection, id) DO UPDATE SET data = excluded.data`,
      ),
      remove: this.#db.prepare("DELETE FROM documents WHERE collection = ? AND id = ?"),
      putText: this.#db.prepare("INSERT OR REPLACE INTO texts (id, body) VALUES (?, ?)"),
      getText: this.#db.prepare("SELECT body FROM texts WHERE id = ?"),
    };
  }

  /** Loads a collection. `indexed` names the fields that `where` may ask for. */
  collection<T extends Stored>(name: string, indexed: readonly (keyof T)[] = []): Collection<T> {
    const rows = this.#db
      .prepare("SELECT data FROM documents WHERE collection = ? ORDER BY seq")
      .all(name)
      .map((row): T => JSON.parse(String(row.data)));
    const made = new Collection<T>(this, name, indexed, rows);
    this.#collections.set(name, made);
    return made;
  }

  /** Long texts (payloads, responses) stay on disk only. */
  putText(id: string, body: string): void {
    this.#statements.putText.run(id, body);
  }

  getText(id: string): string | null {
    const row = this.#statements.getText.get(id);
    return row ? String(row.body) : null;
  }

  /** Runs `work` as one transaction; nested calls join the outer one. An error undoes all of it. */
  transaction<T>(work: () => T): T {
    if (this.#undo) return work();
    this.#undo = [];
    this.#db.exec("BEGIN IMMEDIATE");
    let result: T;
    try {
      result = work();
      this.#db.exec("COMMIT");
    } catch (error) {
      this.#db.exec("ROLLBACK");
      this.#undoTo(0, 0);
      this.#undo = null;
      throw error;
    }
    this.#undo = null;
    const after = this.#afterCommit;
    this.#afterCommit = [];
    for (const run of after) run();
    return result;
  }

  /** As `transaction`, but within another one an error undoes no more than `work`. */
  savepoint<T>(work: () => T): T {
    if (!this.#undo) return this.transaction(work);
    const changes = this.#undo.length;
    const callbacks = this.#afterCommit.length;
    this.#db.exec("SAVEPOINT part");
    try {
      return work();
    } catch (error) {
      this.#db.exec("ROLLBACK TO part");
      this.#undoTo(changes, callbacks);
      throw error;
    } finally {
      this.#db.exec("RELEASE part");
    }
  }

  #undoTo(changes: number, callbacks: number): void {
    for (const restore of this.#undo?.splice(changes).reverse() ?? []) restore();
    this.#afterCommit.length = callbacks;
  }

  /** Calls `run` once the running transaction is on disk. */
  afterCommit(run: () => void): void {
    if (this.#undo) this.#afterCommit.push(run);
    else run();
  }

  /** Empties every collection. */
  clear(): void {
    this.#db.exec("BEGIN IMMEDIATE; DELETE FROM documents; DELETE FROM texts; COMMIT");
    for (const collection of this.#collections.values()) collection.empty();
  }

  /** Writes one change of a collection; only collections call this. */
  record<T extends Stored>(
    collection: Collection<T>,
    id: string,
    old: T | undefined,
    next: T | undefined,
  ): void {
    if (!this.#undo) throw new Error(`${collection.name} was changed outside a transaction`);
    this.#undo.push(() => collection.restore(id, old));
    if (next) this.#statements.put.run(collection.name, id, JSON.stringify(next));
    else this.#statements.remove.run(collection.name, id);
  }

  close(): void {
    this.#db.close();
  }
}
