import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm';

type Database = InstanceType<Sqlite3Static['oo1']['DB']>;
type PreparedStatement = ReturnType<Database['prepare']>;

export type SqlValue = string | number | bigint | Uint8Array | Int8Array | ArrayBuffer | null;

/** One row of an answer, by column. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** What statements are given: positions, or names with their `$`. */
export type Bound = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;

const MOST_STATEMENTS = 200;

/** One open database: statements are prepared once and kept. Everything throws SQLite's own errors. */
export class Sql {
  readonly #database: Database;
  /** Least recently used first. */
  readonly #statements = new Map<string, PreparedStatement>();
  /** Asking SQLite for its columns' names with each row would cost more than the row. */
  readonly #columns = new WeakMap<PreparedStatement, readonly string[]>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** For statements that are not worth keeping, several at once too. */
  execute(sql: string): void {
    this.#database.exec(sql);
  }

  /** A function for statements: its result may depend on nothing but what it is given. */
  define(name: string, work: (...given: readonly SqlValue[]) => SqlValue): void {
    const options = { arity: work.length, deterministic: true, directOnly: true };
    this.#database.createFunction(name, (_context, ...given) => work(...given), options);
  }

  /** @returns how many rows it changed */
  run(sql: string, bound: Bound = []): number {
    this.#each(sql, bound, () => undefined);
    return this.#database.changes();
  }

  all(sql: string, bound: Bound = []): readonly SqlRow[] {
    const rows: SqlRow[] = [];
    this.#each(sql, bound, (statement) => rows.push(this.#rowOf(statement)));
    return rows;
  }

  /** Row by row, for answers that need not be held as a whole. */
  each(sql: string, bound: Bound, take: (row: SqlRow) => void): void {
    this.#each(sql, bound, (statement) => take(this.#rowOf(statement)));
  }

  first(sql: string, bound: Bound = []): SqlRow | null {
    return this.all(sql, bound)[0] ?? null;
  }

  /** The first column of the first row; null when there is none. */
  value(sql: string, bound: Bound = []): SqlValue {
    let found: SqlValue | undefined;
    this.#each(sql, bound, (statement) => {
      found ??= statement.get(0);
    });
    return found ?? null;
  }

  /** All or nothing. Not to be nested. */
  transaction<T>(work: () => T): T {
    this.execute('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.execute('COMMIT');
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  #rollBack(): void {
    try {
      this.execute('ROLLBACK');
    } catch {
      // A full disk has rolled it back already, and what it said of that is worth more than this.
    }
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
    this.#database.close();
  }

  #each(sql: string, bound: Bound, take: (statement: PreparedStatement) => void): void {
    const statement = this.#prepare(sql);
    try {
      if (!isEmpty(bound)) statement.bind(toBindable(bound));
      while (statement.step()) take(statement);
    } finally {
      statement.reset(true);
    }
  }

  #rowOf(statement: PreparedStatement): SqlRow {
    let columns = this.#columns.get(statement);
    if (columns === undefined) {
      columns = statement.getColumnNames();
      this.#columns.set(statement, columns);
    }
    const row: Record<string, SqlValue> = {};
    for (const [at, column] of columns.entries()) row[column] = statement.get(at);
    return row;
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) {
      this.#statements.delete(sql);
      this.#statements.set(sql, known);
      return known;
    }
    const made = this.#database.prepare(sql);
    this.#statements.set(sql, made);
    const [oldest] = this.#statements;
    if (this.#statements.size > MOST_STATEMENTS && oldest !== undefined) {
      this.#statements.delete(oldest[0]);
      oldest[1].finalize();
    }
    return made;
  }
}

const isList = (bound: Bound): bound is readonly SqlValue[] => Array.isArray(bound);
const isEmpty = (bound: Bound): boolean => (isList(bound) ? bound.length : Object.keys(bound).length) === 0;
const toBindable = (bound: Bound) => (isList(bound) ? [...bound] : { ...bound });

/** What a column holds, by its type; a database that holds something else is damaged. */
export function asText(value: SqlValue | undefined): string {
  if (typeof value !== 'string') throw new TypeError('A column that should hold text does not.');
  return value;
}

export function asNumber(value: SqlValue | undefined): number {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'number') throw new TypeError('A column that should hold a number does not.');
  return value;
}

export const asTextOrNull = (value: SqlValue | undefined): string | null =>
  value === null ? null : asText(value);
export const asNumberOrNull = (value: SqlValue | undefined): number | null =>
  value === null ? null : asNumber(value);
