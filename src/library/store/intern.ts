import { numberOnce } from './known-numbers';
import { asText, type Sql } from './sql';

/**
 * Keeps a text once, under a number that is made from it, so that no index over the texts is needed.
 * @param table one with this key column and `value`
 */
export const intern = (sql: Sql, table: Table, text: string): number =>
  numberOnce(sql, `${table} ${text}`, () => find(sql, table, text));

type Table = 'metadatas' | 'previews';

function find(sql: Sql, table: Table, text: string): number {
  const key = table === 'metadatas' ? 'metadata' : 'preview';
  for (let number = numberOf(text); ; number += 1) {
    const known = sql.value(`SELECT value FROM ${table} WHERE ${key} = ?`, [number]);
    if (known === null) sql.run(`INSERT INTO ${table} (${key}, value) VALUES (?, ?)`, [number, text]);
    // Another text may be there already: the next number then.
    if (known === null || asText(known) === text) return number;
  }
}

/** 52 bits of it (cyrb53). */
function numberOf(text: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return (low >>> 0) + (high & 0xfffff) * 0x1_0000_0000;
}
