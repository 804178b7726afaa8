export type TableFormat = 'csv' | 'jsonl';

/** One line by column. Lists are written as JSON, in a CSV cell too. */
export type TableRow = Readonly<Record<string, string | number | null | readonly string[]>>;

interface TableFile {
  add(rows: readonly TableRow[]): void;
  /** The file so far. */
  blob(): Blob;
}

/** How a cell begins that a spreadsheet would run. Papa Parse's own pattern misses cells of several lines. */
const FORMULA = /^\s*[-=+@\uFF0D\uFF1D\uFF0B\uFF20]|^[\t\r\n]/;
const LINE_END = '\r\n';

/**
 * A file that grows by some rows at a time, so that a long one never holds the page up. CSV begins with the names of the
 * columns, and its cells that a spreadsheet would run as a formula are escaped; JSON Lines are rows only.
 */
export async function createTableFile(format: TableFormat, columns: readonly string[]): Promise<TableFile> {
  // A blob for each part: joining blobs later costs nothing, and joining texts would be work for all at once.
  const parts: Blob[] = [];
  const write = (lines: string) => parts.push(new Blob([lines]));
  if (format === 'jsonl') {
    return {
      add(rows) {
        write(rows.map((row) => `${JSON.stringify(pick(row, columns))}\n`).join(''));
      },
      blob: () => new Blob(parts, { type: 'application/jsonl' }),
    };
  }
  const { default: papa } = await import('papaparse');
  const toCsv = (cells: readonly (readonly unknown[])[]) =>
    `${papa.unparse([...cells], { escapeFormulae: FORMULA, newline: LINE_END })}${LINE_END}`;
  write(toCsv([columns]));
  return {
    add(rows) {
      if (rows.length > 0) write(toCsv(rows.map((row) => columns.map((column) => toCell(row[column])))));
    },
    blob: () => new Blob(parts, { type: 'text/csv;charset=utf-8' }),
  };
}

const pick = (row: TableRow, columns: readonly string[]) =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

const toCell = (value: TableRow[string] | undefined) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
