import { formatNumber } from './format';

/**
 * Whether a text is this count: `1204`, ` 1204 ` and, with any locale's grouping, `1,204`; not `12.04` or `12a04`.
 * Also as the page itself writes it, whatever the digits and groups of the reader's language.
 */
export function isTypedCount(typed: string, count: number): boolean {
  const text = typed.trim();
  const grouped = /^\d{1,3}(?:[\s,.’']\d{3})+$/.test(text);
  return text === formatNumber(count) || (grouped ? text.replaceAll(/\D/g, '') : text) === String(count);
}
