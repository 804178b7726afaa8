import { expect, it } from 'vitest';

import type { Connection } from '@/domain/connection';

import { chooseConnection } from './choose-connection';

const connection = (id: string, demo = false): Connection => ({
  ...{ id, demo, kind: 'comfy-cloud', label: id },
  baseUrl: `https://host.test/${id}`,
});
const ALL = [connection('first'), connection('second'), connection('demo', true), connection('last')];
const noKey = () => false;
const keyOf = (id: string) => (asked: string) => asked === id;

it('opens the connection that the URL names, whatever else is known', () => {
  expect(chooseConnection(ALL, 'last', 'second', keyOf('first'))?.id).toBe('last');
});

it('opens the one used last when the URL names none, or one that is not there', () => {
  expect(chooseConnection(ALL, null, 'second', keyOf('first'))?.id).toBe('second');
  expect(chooseConnection(ALL, 'gone', 'second', keyOf('first'))?.id).toBe('second');
});

it('opens one whose key is at hand when the one used last is not there', () => {
  expect(chooseConnection(ALL, null, 'gone', keyOf('second'))?.id).toBe('second');
});

it('opens the demo when nothing points anywhere', () => {
  expect(chooseConnection(ALL, null, null, noKey)?.id).toBe('demo');
});

it('opens the first when there is no demo', () => {
  const real = ALL.filter(({ demo }) => !demo);
  expect(chooseConnection(real, '', '', noKey)?.id).toBe('first');
});

it('opens nothing only when there is nothing', () => {
  expect(chooseConnection([], 'first', 'second', () => true)).toBeNull();
});
