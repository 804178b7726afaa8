import type { Asset, Instant } from '@/domain/asset';
import type { SortField } from '@/domain/asset-query';
import { foldText } from '@/domain/fold-text';
import type { Leftover, LibraryFilters, LibraryQuery, Range } from '@/domain/library-query';
import { looksLikePreview } from '@/domain/looks-like-preview';
import { metadataMatches } from '@/domain/matches-filters';
import type { FacetName } from '@/library/store/facets';
import { extensionOf } from '@/providers/media-kind';

/** What the index answers, in plain array code over all assets: slow, and easy to believe. */
export function naivePage(assets: readonly Asset[], query: LibraryQuery, now: number) {
  const matching = naiveMatching(assets, query, now);
  const sorted = naiveSorted(matching, query.sort, query.order);
  return {
    assets: sorted.slice((query.page - 1) * query.pageSize, query.page * query.pageSize),
    ...naiveSums(matching),
  };
}

export const naiveSums = (assets: readonly Asset[]) => ({
  total: assets.length,
  bytes: assets.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
  unknownSizes: assets.filter(({ sizeBytes }) => sizeBytes === null).length,
});

/** Unknown values last in both orders; ties by id. */
export function naiveSorted(assets: readonly Asset[], sort: SortField, order: 'asc' | 'desc'): Asset[] {
  const keyOf = SORT_KEYS[sort];
  const sign = order === 'asc' ? 1 : -1;
  return assets.toSorted((left, right) => {
    const [a, b] = [keyOf(left), keyOf(right)];
    if (a === null || b === null)
      return Number(a === null) - Number(b === null) || compare(left.id, right.id);
    return sign * compare(a, b) || compare(left.id, right.id);
  });
}

const SORT_KEYS: Readonly<Record<SortField, (asset: Asset) => string | number | null>> = {
  name: ({ name, ownName }) => {
    const [shown, own] = [foldText(name), foldText(ownName ?? '')];
    return own === '' || shown.includes(own) ? shown : `${shown}\n${own}`;
  },
  created_at: ({ createdAt }) => micros(createdAt),
  updated_at: ({ updatedAt }) => (updatedAt === null ? null : micros(updatedAt)),
  size: ({ sizeBytes }) => sizeBytes,
  last_access_time: ({ lastAccessedAt }) => (lastAccessedAt === null ? null : micros(lastAccessedAt)),
};

/** By code point, as databases compare; `<` would compare halves of emoji. */
export function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

export const micros = (instant: Instant): number => {
  const [, seconds = '', fraction = ''] = /^([^.]+?)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return Date.parse(`${seconds}Z`) * 1_000 + Number(`${fraction}000000`.slice(0, 6));
};

/** Ids of assets that another one shows. */
export const previewsInUse = (assets: readonly Asset[]): ReadonlySet<string> =>
  new Set(assets.flatMap(({ id, previewAssetId }) => (previewAssetId === id ? [] : (previewAssetId ?? []))));

export function naiveMatching(assets: readonly Asset[], filters: LibraryFilters, now: number): Asset[] {
  const previews = previewsInUse(assets);
  return assets.filter((asset) => naiveMatches(asset, filters, now, previews.has(asset.id)));
}

/** Of one facet: every value with what has it, most frequent first. */
export function naiveFacet(assets: readonly Asset[], name: FacetName, filters: LibraryFilters, now: number) {
  const { index } = filters;
  const others: LibraryFilters = {
    kind: { ...filters, index: { ...index, kinds: [] } },
    extension: { ...filters, index: { ...index, extensions: [] } },
    tag: filters,
    state: { ...filters, state: null, index: { ...index, states: [] } },
    project: { ...filters, project: null, index: { ...index, projects: [] } },
    language: { ...filters, index: { ...index, languages: [] } },
    protection: { ...filters, index: { ...index, isProtected: null } },
  }[name];
  const matching = naiveMatching(assets, others, now);
  const values = new Set(matching.flatMap((asset) => FACET_VALUES[name](asset)));
  return [...values]
    .map((value) => {
      const having = matching.filter((asset) => FACET_VALUES[name](asset).includes(value));
      const { total, bytes, unknownSizes } = naiveSums(having);
      return { value, count: total, bytes, unknownSizes };
    })
    .sort((a, b) => b.count - a.count || compare(a.value, b.value));
}

const FACET_VALUES: Readonly<Record<FacetName, (asset: Asset) => readonly string[]>> = {
  kind: ({ kind }) => [kind],
  extension: ({ name, ownName }) => [extensionOf(name) || extensionOf(ownName ?? '')],
  tag: ({ tags }) => tags,
  state: ({ roughy }) => (roughy === null ? [] : [roughy.state]),
  project: ({ roughy }) => (roughy === null ? [] : [roughy.projectId]),
  language: ({ roughy }) => (roughy === null ? [] : [roughy.language ?? '']),
  protection: ({ protection }) => [protection ?? ''],
};

function naiveMatches(asset: Asset, filters: LibraryFilters, now: number, isInUse: boolean): boolean {
  const { index } = filters;
  const has = (tag: string) => asset.tags.includes(tag) || asset.tags.includes(tag.trim());
  const idleDays = (now * 1_000 - micros(asset.lastAccessedAt ?? asset.createdAt)) / 86_400_000_000;
  const text = foldText(filters.text.trim());
  return [
    foldText(asset.name).includes(text) || foldText(asset.ownName ?? '').includes(text),
    filters.includeTags.every((tag) => tag.trim() === '' || has(tag)),
    !filters.excludeTags.some(has),
    filters.metadata.every((match) => metadataMatches(asset.metadata, match)),
    filters.includePublic || asset.protection !== 'public',
    filters.state === null || asset.roughy?.state === filters.state,
    filters.project === null || asset.roughy?.projectId === filters.project,
    isOneOf(asset.kind, index.kinds),
    isOneOf(extensionOf(asset.name) || extensionOf(asset.ownName ?? ''), index.extensions),
    isWithin(asset.sizeBytes, index.size, Number),
    isWithin(micros(asset.createdAt), index.created, micros),
    isWithin(asset.updatedAt === null ? null : micros(asset.updatedAt), index.updated, micros),
    isWithin(asset.lastAccessedAt === null ? null : micros(asset.lastAccessedAt), index.lastUsed, micros),
    index.unusedDays === null || idleDays >= index.unusedDays,
    isSo(asset.tags.length > 0, index.hasTags),
    isSo(asset.contentHash !== null, index.hasHash),
    isSo(asset.preview !== null, index.hasPreview),
    isSo(asset.protection !== null, index.isProtected),
    index.jobId === null || asset.jobId === index.jobId,
    index.contentHash === null || asset.contentHash === index.contentHash,
    index.leftover === null || isLeftover(asset, index.leftover, isInUse),
    isOneOf(asset.roughy?.state, index.states),
    isOneOf(asset.roughy?.projectId, index.projects),
    isOneOf(asset.roughy === null ? undefined : (asset.roughy.language ?? ''), index.languages),
    isWithin(asset.roughy?.durationSeconds ?? null, index.duration, Number),
  ].every(Boolean);
}

function isLeftover(asset: Asset, leftover: Leftover, isInUse: boolean): boolean {
  switch (leftover) {
    case 'zero-bytes':
      return asset.sizeBytes === 0;
    case 'unknown-size':
      return asset.sizeBytes === null;
    case 'orphan-preview':
      return looksLikePreview(asset) && !isInUse;
    case 'preview-in-use':
      return isInUse;
    case 'missing':
      return asset.tags.includes('missing');
    case 'failed':
      return asset.roughy?.state === 'failed';
    case 'pending-upload':
      return asset.roughy?.state === 'pending_upload';
    case 'pending-payment':
      return asset.roughy?.state === 'pending_payment';
    case 'untagged':
      return asset.tags.length === 0 && asset.roughy === null;
  }
}

const isOneOf = (value: string | undefined, asked: readonly string[]): boolean =>
  asked.length === 0 || (value !== undefined && asked.includes(value));

const isSo = (is: boolean, wanted: boolean | null): boolean => wanted === null || is === wanted;

const isWithin = <T>(value: number | null, { from, to }: Range<T>, read: (bound: T) => number): boolean =>
  (from === null && to === null) ||
  (value !== null && (from === null || value >= read(from)) && (to === null || value <= read(to)));
