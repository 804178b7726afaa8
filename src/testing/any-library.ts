import fc from 'fast-check';

import { ASSET_KINDS, type Asset, type JsonValue } from '@/domain/asset';
import { PAGE_SIZES, SORT_FIELDS, SORT_ORDERS } from '@/domain/asset-query';
import { LEFTOVERS, type LibraryFilters, type LibraryQuery, type Range } from '@/domain/library-query';

import { anAsset } from './assets';

/** Few values of each kind, so that ties, duplicates and near misses happen; and odd ones. */
const NAMES = [
  ...['fox.png', 'FOX.png', 'Fox_preview.png', 'a_fox', 'a%fox', 'a\\fox', 'it\'s "x".PNG', '*?[f]'],
  ...[
    'Ä.jpg',
    'A\u0308.JPG',
    'ß',
    'İzmir.png',
    '日本語の狐.webp',
    'ثعلب.mp4',
    '🦊.glb',
    '🦊🦊',
    '\uFFFD.txt',
    'f',
  ],
];
const TAGS = [
  'output',
  'input',
  'missing',
  'Output',
  ' output',
  'a,b',
  "o'x",
  '"',
  '%',
  '_',
  '🦊',
  'ä',
  'constructor',
];
const STATES = ['ready', 'failed', 'pending_upload', 'pending_payment', 'toString'];
const INSTANTS = [
  ...['2026-03-12T08:00:00Z', '2026-03-12T08:00:00.000Z', '2026-03-12T08:00:00.1Z', '1969-12-31T23:59:59.5Z'],
  ...[
    '2026-03-12T08:00:00.123456Z',
    '2026-03-12T08:00:00.123456789Z',
    '2025-01-01T00:00:00Z',
    '2026-06-01T00:00:00Z',
  ],
];
const KEYS = ['width', 'model', 'file', '__proto__', "k'", 'nothing'];
const VALUES: readonly JsonValue[] = [
  512,
  '512',
  'sdxl',
  'SDXL',
  true,
  null,
  ['sdxl', 1],
  { width: 512 },
  '"',
  0.5,
];
const HASHES = ['00ff00ff00ff00ff', 'abcdef0123456789', 'abcdef0123456789a', 'not hex'];

const option = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values));
const metadata = fc
  .dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 3 })
  .map((all): Asset['metadata'] => Object.fromEntries(Object.entries(all)));

const roughy: fc.Arbitrary<Asset['roughy']> = fc.record({
  state: fc.constantFrom(...STATES),
  projectId: fc.constantFrom('p1', 'p2'),
  projectName: option(['Fox', 'Film']),
  durationSeconds: option([0, 12, 12.5, 600]),
  language: option(['en', 'ja']),
  errorCode: option(['bad_codec']),
  errorMessage: option(['It could not be read.']),
});

const preview: fc.Arbitrary<Asset['preview']> = fc.record({
  url: fc.constantFrom(
    'https://cloud.example/api/view?filename=fox.png',
    'https://cloud.example/api/assets/{id}/%7B',
  ),
  access: fc.constantFrom('connection', 'open'),
  isImage: fc.boolean(),
  expiresAt: fc.constant(null),
});

/** Any asset of an index; ids are given by the library. */
const anyIndexed: fc.Arbitrary<Asset> = fc
  .record({
    name: fc.constantFrom(...NAMES),
    own: fc.constantFrom(undefined, undefined, null, 'own fox.bin', 'fox.png'),
    kind: fc.constantFrom(...ASSET_KINDS),
    sizeBytes: option([0, 1, 1_000, 1_000, 5_000_000_000]),
    mimeType: option(['image/png', 'video/mp4']),
    tags: fc.uniqueArray(fc.constantFrom(...TAGS), { maxLength: 3 }),
    contentHash: option(HASHES),
    createdAt: fc.constantFrom(...INSTANTS),
    updatedAt: option(INSTANTS),
    lastAccessedAt: option(INSTANTS),
    preview: fc.option(preview),
    previewAssetId: option(['asset-1', 'asset-02', 'gone']),
    jobId: option(['job-1', 'job-2']),
    protection: fc.constantFrom(null, null, null, 'immutable' as const, 'public' as const),
    metadata,
    roughy: fc.oneof(fc.constant(null), roughy),
  })
  .map(({ own, ...about }) => anAsset({ ...about, ...(own !== undefined && { ownName: own }) }));

/** A small library of unlike and like assets: no two have one id. */
export const anyLibrary: fc.Arbitrary<readonly Asset[]> = fc
  .array(anyIndexed, { maxLength: 12 })
  .map((assets) => assets.map((asset, at) => ({ ...asset, id: IDS[at] ?? `asset-${at}` })));

/** In no order: neither that of their writing nor of their numbers. */
const IDS = [
  'asset-1',
  'asset-10',
  'asset-02',
  'B',
  'a',
  '🦊',
  '\uFFFD',
  '__proto__',
  "'",
  'asset-9',
  'ä',
  'Z',
];

/** ms since 1970, about when the assets were. */
export const anyNow: fc.Arbitrary<number> = fc.constantFrom(
  Date.parse('2026-06-01T00:00:00Z'),
  Date.parse('2026-07-01T12:00:00.001Z'),
);

/** Any filters; most are not in force, so that something is found. */
export const anyFilters: fc.Arbitrary<LibraryFilters> = fc.record({
  text: seldom('', [
    'fox',
    ' FOX ',
    'f',
    '%',
    '_',
    '\\',
    '"',
    "'",
    '🦊',
    'ä',
    'A\u0308',
    'i\u0307',
    '狐',
    'عل',
    'png',
    '\n',
    '*',
  ]),
  includeTags: seldom([], [['output'], ['output', 'missing'], [' output'], [' '], ['none'], ['🦊']]),
  excludeTags: seldom([], [['output'], ['a,b', '%'], [' output'], ['']]),
  metadata: seldom(
    [],
    [
      ...KEYS.flatMap((key) =>
        ['512', 'sdxl', 'null', 'true', '"512"', '0.5'].map((value) => [{ key, value }]),
      ),
      [
        { key: 'width', value: '512' },
        { key: 'model', value: 'sdxl' },
      ],
    ],
  ),
  includePublic: fc.boolean(),
  state: seldom(null, STATES),
  project: seldom(null, ['p1', 'p3']),
  index: fc.record({
    kinds: seldom([], [['image' as const], ['image' as const, 'video' as const, 'other' as const]]),
    extensions: seldom([], [['png'], ['', 'jpg'], ["'"]]),
    size: rangeOf([0, 1, 1_000, 4_000_000_000]),
    created: rangeOf(INSTANTS),
    updated: rangeOf(INSTANTS),
    lastUsed: rangeOf(INSTANTS),
    unusedDays: seldom(null, [0, 30, 81, 500]),
    hasTags: seldom(null, [true, false]),
    hasHash: seldom(null, [true, false]),
    hasPreview: seldom(null, [true, false]),
    isProtected: seldom(null, [true, false]),
    jobId: seldom(null, ['job-1', 'job-3']),
    contentHash: seldom(null, HASHES),
    leftover: seldom(null, LEFTOVERS),
    states: seldom([], [['ready', 'failed'], ['toString']]),
    projects: seldom([], [['p1'], ['p1', 'p2']]),
    languages: seldom([], [[''], ['en', '']]),
    duration: rangeOf([0, 12, 600]),
  }),
});

export const anyQuery: fc.Arbitrary<LibraryQuery> = fc
  .record({
    filters: anyFilters,
    sort: fc.constantFrom(...SORT_FIELDS),
    order: fc.constantFrom(...SORT_ORDERS),
    page: fc.integer({ min: 1, max: 5 }),
    pageSize: fc.constantFrom(1, 2, 3, 5, ...PAGE_SIZES),
  })
  .map(({ filters, ...rest }) => ({ ...filters, ...rest }));

function seldom<T>(usual: T, values: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 15, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...values) },
  );
}

function rangeOf<T>(values: readonly T[]): fc.Arbitrary<Range<T>> {
  const bound = () =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom(...values) },
    );
  return fc.oneof(
    { weight: 15, arbitrary: fc.constant({ from: null, to: null }) },
    { weight: 1, arbitrary: fc.record({ from: bound(), to: bound() }) },
  );
}

/** What the index gives back of it: no address that may be signed. */
export const asIndexed = (asset: Asset): Asset => ({
  ...asset,
  preview: asset.preview?.access === 'connection' ? asset.preview : null,
});
