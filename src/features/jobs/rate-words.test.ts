import { expect, it } from 'vitest';

import { aJob, aLive } from '@/testing/pretend-jobs';

import { rateText, timeLeftText } from './rate-words';

it.each([
  [0, 'a few seconds left'],
  [10, 'a few seconds left'],
  [10.5, 'about 20 s left'],
  [60, 'about 60 s left'],
  [61, 'about 2 min left'],
  [5_400, 'about 90 min left'],
  [5_401, 'about 2 hours left'],
])('says of %d seconds: %s', (seconds, text) => expect(timeLeftText(seconds)).toBe(text));

it.each([
  [null, '3 at a time'],
  [0, '3 at a time'],
  [0.5, '3 at a time · 30 per minute · about 4 min left'],
  [12.4, '3 at a time · 12 per second · a few seconds left'],
])('says of %d per second: %s', (perSecond, text) =>
  expect(rateText(aJob({ deleted: 5, queued: 100, sending: 3 }), aLive({ perSecond }))).toBe(text),
);
