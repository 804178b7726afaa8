import type { Instant } from '@/domain/asset';
import { STATE_LABELS } from '@/domain/asset';
import type { IndexFilters, Leftover, Range } from '@/domain/library-query';
import { formatBytes, formatCount, formatDuration } from '@/lib/format';
import { KIND_LABELS } from '@/previews/kind-icon';

/** What is left over, as a filter says it. */
export const LEFTOVER_LABELS: Readonly<Record<Leftover, string>> = {
  'zero-bytes': 'Zero bytes',
  'unknown-size': 'Size unknown',
  'orphan-preview': 'Preview whose owner is gone',
  'preview-in-use': 'Preview of another asset',
  missing: 'Reported missing',
  failed: 'Failed',
  'pending-upload': 'Never uploaded',
  'pending-payment': 'Waiting for payment',
  untagged: 'Without tags',
};

export const extensionLabel = (extension: string): string =>
  extension === '' ? 'No extension' : `.${extension}`;

export const stateLabel = (state: string): string => STATE_LABELS.get(state) ?? state;

export function languageLabel(code: string): string {
  if (code === '') return 'Detected automatically';
  try {
    return new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code; // not a language tag at all
  }
}

/** Days are those of UTC, so that a link finds the same assets wherever it is opened. */
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat(undefined, {
  ...{ dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' },
});

function timeText(time: Instant, end: 'from' | 'to'): string {
  const date = new Date(time);
  const wholeDay = time.includes(end === 'from' ? 'T00:00:00Z' : 'T23:59:59.999999Z');
  return wholeDay ? day.format(date) : `${minute.format(date)} UTC`;
}

function datesText({ from, to }: Range<Instant>): string {
  if (from === null) return to === null ? 'any time' : `until ${timeText(to, 'to')}`;
  return to === null
    ? `since ${timeText(from, 'from')}`
    : `${timeText(from, 'from')} to ${timeText(to, 'to')}`;
}

function amountText({ from, to }: Range<number>, format: (amount: number) => string): string {
  if (from === null) return to === null ? 'any' : `${format(to)} or less`;
  return to === null ? `${format(from)} or more` : `${format(from)} to ${format(to)}`;
}

const MOST_NAMED = 4;
const either = new Intl.ListFormat('en', { type: 'disjunction' });

/** “A, B, or C”; of many, the first few and how many more. */
function anyOf(values: readonly string[]): string {
  const more = values.length - MOST_NAMED;
  return either.format(more > 1 ? [...values.slice(0, MOST_NAMED), `${more} more`] : values);
}

const isInForce = ({ from, to }: Range<unknown>): boolean => from !== null || to !== null;

/** Each filter in force, in words. @param projectNames by id, as far as they are known */
export function* filterTexts(
  filters: IndexFilters,
  projectNames: ReadonlyMap<string, string>,
): Generator<readonly [name: keyof IndexFilters, text: string]> {
  const { kinds, extensions, states, projects, languages, unusedDays, leftover } = filters;
  if (kinds.length > 0) yield ['kinds', `Kind: ${anyOf(kinds.map((kind) => KIND_LABELS[kind]))}`];
  if (extensions.length > 0) yield ['extensions', `Extension: ${anyOf(extensions.map(extensionLabel))}`];
  if (isInForce(filters.size)) yield ['size', `Size: ${amountText(filters.size, formatBytes)}`];
  if (isInForce(filters.created)) yield ['created', `Created: ${datesText(filters.created)}`];
  if (isInForce(filters.updated)) yield ['updated', `Updated: ${datesText(filters.updated)}`];
  if (isInForce(filters.lastUsed)) yield ['lastUsed', `Last used: ${datesText(filters.lastUsed)}`];
  if (unusedDays !== null) yield ['unusedDays', `Not used for ${formatCount(unusedDays, 'day')}`];
  if (filters.hasTags !== null) yield ['hasTags', filters.hasTags ? 'Has tags' : 'Has no tags'];
  if (filters.hasHash !== null) {
    yield ['hasHash', filters.hasHash ? 'Has a content hash' : 'Has no content hash'];
  }
  if (filters.hasPreview !== null) {
    yield ['hasPreview', filters.hasPreview ? 'Has a preview' : 'Preview missing'];
  }
  if (filters.isProtected !== null) {
    yield ['isProtected', filters.isProtected ? 'Protected' : 'Not protected'];
  }
  if (filters.jobId !== null) yield ['jobId', `Job: ${filters.jobId}`];
  if (filters.contentHash !== null)
    yield ['contentHash', `Same content: ${filters.contentHash.slice(0, 12)}`];
  if (leftover !== null) yield ['leftover', `Leftover: ${LEFTOVER_LABELS[leftover].toLowerCase()}`];
  if (states.length > 0) yield ['states', `State: ${anyOf(states.map(stateLabel))}`];
  if (projects.length > 0) {
    yield ['projects', `Project: ${anyOf(projects.map((id) => projectNames.get(id) ?? id.slice(-8)))}`];
  }
  if (languages.length > 0) yield ['languages', `Language: ${anyOf(languages.map(languageLabel))}`];
  if (isInForce(filters.duration)) {
    yield ['duration', `Duration: ${amountText(filters.duration, formatDuration)}`];
  }
}
