import type { SqlValue } from './sql';

const BYTES = /^(?:[0-9a-f]{2})+$/;

/** A content hash as the column `hash` keeps it: half as long where it is hex. Equal hashes are equal there too. */
export function hashToColumn(hash: string | null): SqlValue {
  if (hash === null || !BYTES.test(hash)) return hash;
  const bytes = new Uint8Array(hash.length / 2);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(hash.slice(at * 2, at * 2 + 2), 16);
  }
  return bytes;
}

export function hashFromColumn(value: SqlValue | undefined): string | null {
  if (value === null || typeof value === 'string') return value;
  if (!(value instanceof Uint8Array)) throw new TypeError('A column that should hold a hash does not.');
  let text = '';
  for (const byte of value) text += HEX[byte] ?? '';
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
