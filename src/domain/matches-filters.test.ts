import { describe, expect, it } from 'vitest';

import { anAsset } from '@/testing/assets';

import type { Asset, RoughyDetails } from './asset';
import { DEFAULT_QUERY, type AssetQuery } from './asset-query';
import { mayMatch } from './matches-filters';

const ALL = new Set(['text', 'tags', 'metadata', 'public', 'state', 'project']);
const may = (asset: Partial<Asset>, query: Partial<AssetQuery>, supported = ALL) =>
  mayMatch(anAsset(asset), { ...DEFAULT_QUERY, ...query }, supported);

describe('a search by name', () => {
  it.each([
    { name: 'Fox.PNG', text: 'fox.p', is: true },
    { name: 'F\u00fcchse.png', text: 'fu\u0308CHSE', is: true },
    { name: 'fox.png', text: ' fox ', is: true },
    { name: 'fox.png', text: 'f_x', is: false },
    { name: 'fox.png', text: 'owl', is: false },
  ])('for $text fits $name: $is', ({ name, text, is }) => {
    expect(may({ name }, { text })).toBe(is);
  });

  it('goes by the name that the provider knows, where another one is shown', () => {
    expect(may({ name: 'Portrait', ownName: 'abc123.png' }, { text: 'C12' })).toBe(true);
    expect(may({ name: 'Portrait', ownName: 'abc123.png' }, { text: 'portrait' })).toBe(false);
    expect(may({ name: 'image 0a1b', ownName: null }, { text: 'fox' })).toBe(true);
  });
});

describe('tags', () => {
  const asset = { tags: ['output', 'draft'] };
  it.each([
    { includeTags: ['draft', 'output'], excludeTags: ['Draft', ''], is: true },
    { includeTags: [' draft ', ' '], excludeTags: [], is: true },
    { includeTags: ['draft', 'cat'], excludeTags: [], is: false },
    { includeTags: [], excludeTags: ['draft'], is: false },
  ])('$includeTags without $excludeTags: $is', ({ is, ...tags }) => {
    expect(may(asset, tags)).toBe(is);
  });
});

describe('metadata', () => {
  const metadata = { model: 'flux', steps: 20, done: true, base: ['sd', 'xl'], file: { format: 'png' } };
  it.each([
    { key: 'model', value: 'flux', is: true },
    { key: 'model', value: 'sdxl', is: false },
    { key: 'steps', value: '20', is: true },
    { key: 'steps', value: '"20"', is: true },
    { key: 'steps', value: '2', is: false },
    { key: 'done', value: 'true', is: true },
    { key: 'done', value: 'false', is: false },
    { key: 'base', value: 'xl', is: true },
    { key: 'base', value: 'flux', is: false },
    { key: 'format', value: 'png', is: true },
    { key: 'file', value: 'png', is: true },
    { key: 'seed', value: '7', is: false },
    { key: 'seed', value: 'null', is: true },
    { key: 'constructor', value: 'x', is: false },
  ])('$key = $value: $is', ({ key, value, is }) => {
    expect(may({ metadata }, { metadata: [{ key, value }] })).toBe(is);
  });

  it('cannot be told of a row that has none', () => {
    expect(may({}, { metadata: [{ key: 'model', value: 'flux' }] })).toBe(true);
  });
});

it('tells the state and the project of a Roughy asset', () => {
  const roughy: RoughyDetails = {
    ...{ state: 'ready', projectId: 'p1', projectName: null, durationSeconds: null, language: null },
    ...{ errorCode: null, errorMessage: null },
  };
  expect(may({ roughy }, { state: 'ready', project: 'p1' })).toBe(true);
  expect(may({ roughy }, { state: 'failed' })).toBe(false);
  expect(may({ roughy }, { project: 'p2' })).toBe(false);
});

it('minds no filter that the provider does not have', () => {
  const query = {
    text: 'owl',
    includeTags: ['cat'],
    metadata: [{ key: 'a', value: 'b' }],
    state: 'x',
    project: 'y',
  };
  expect(may({ metadata: { c: 'd' } }, query, new Set())).toBe(true);
});
