// @vitest-environment happy-dom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Connection } from '@/domain/connection';

import { added, changeOwn, edited, freeLabel, removed, replaced } from './edit-own';
import { OWN_CONNECTIONS, parseOwn } from './own-connections';

const PAGE = 'https://winnow.test/app/';
const studio: Connection = {
  ...{ id: 'own-1', kind: 'comfyui', label: 'Studio', baseUrl: 'http://10.0.0.2:8188', demo: false },
  colour: 'teal',
};
const stored = (own: readonly unknown[], more: object = {}) =>
  JSON.stringify({ version: 1, own, order: [], hidden: [], ...more });

describe('what this browser kept', () => {
  it('is nothing at first', () => {
    expect(parseOwn(null, PAGE)).toEqual({ kept: { own: [], order: [], hidden: [] }, problems: [] });
  });

  it('comes back as it was, keys never among it', () => {
    localStorage.clear();
    changeOwn(PAGE, (kept) => added(kept, studio));
    const text = localStorage.getItem(OWN_CONNECTIONS);
    expect(parseOwn(text, PAGE)).toEqual({ kept: { own: [studio], order: [], hidden: [] }, problems: [] });
    expect(Object.keys((JSON.parse(text!) as { own: object[] }).own[0]!)).toEqual([
      ...['id', 'kind', 'label', 'baseUrl', 'colour'],
    ]);
  });

  it.each([
    ['no JSON', '{"version":1,', []],
    ['another version', '{"version":2,"own":[]}', []],
    ['a list', '[]', []],
  ])('is given up when it is %s, and that is said', (_what, text, own) => {
    const { kept, problems } = parseOwn(text, PAGE);
    expect(kept.own).toEqual(own);
    expect(problems).toHaveLength(1);
  });

  it.each([
    [{ ...studio, baseUrl: 'ftp://10.0.0.2' }, 'baseUrl'],
    [{ ...studio, baseUrl: 'http://me:secret@10.0.0.2' }, 'baseUrl'],
    [{ ...studio, baseUrl: 'javascript:alert(1)' }, 'baseUrl'],
    [{ ...studio, kind: 'other' }, 'kind'],
    [{ ...studio, label: '  ' }, 'label'],
    [{ ...studio, label: 'x'.repeat(81) }, 'label'],
    [{ ...studio, id: '../own' }, 'id'],
    [null, 'it'],
  ])('loses only the entry that cannot be used, and the field is named: %j', (bad, field) => {
    const good = { ...studio, id: 'own-2' };
    const { kept, problems } = parseOwn(stored([bad, good]), PAGE);
    expect(kept.own).toEqual([good]);
    expect(problems).toEqual([expect.stringContaining(`Your connection 1 was left out: ${field}:`)]);
  });

  it('names an id once', () => {
    const { kept, problems } = parseOwn(stored([studio, { ...studio, label: 'Other' }]), PAGE);
    expect(kept.own).toEqual([studio]);
    expect(problems).toEqual(['Your connection “Other” was left out: its id is used twice.']);
  });

  it('may have a colour of a later version', () => {
    const { kept, problems } = parseOwn(stored([{ ...studio, colour: 'plaid' }]), PAGE);
    expect(kept.own[0]).not.toHaveProperty('colour');
    expect(problems).toEqual([]);
  });

  it('never stops the page, whatever it is, and has safe addresses alone', () => {
    const entry = fc.record(
      {
        id: fc.oneof(fc.constant('own-1'), fc.string()),
        kind: fc.oneof(fc.constant('comfyui'), fc.anything()),
        label: fc.oneof(fc.string(), fc.anything()),
        baseUrl: fc.oneof(fc.webUrl(), fc.string(), fc.constant('//x:y@z'), fc.anything()),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.oneof(entry, fc.anything())).map((own) => stored(own)),
    );
    fc.assert(
      fc.property(text, (each) => {
        for (const { baseUrl } of parseOwn(each, PAGE).kept.own) {
          const { protocol, username, password } = new URL(baseUrl);
          expect(['http:', 'https:']).toContain(protocol);
          expect(username + password).toBe('');
        }
      }),
    );
  });
});

describe('editing', () => {
  it('keeps the id as long as the address stays', () => {
    expect(edited(studio, { ...studio, label: 'Den' })).toEqual({ ...studio, label: 'Den' });
  });

  it.each([{ baseUrl: 'http://10.0.0.3:8188' }, { kind: 'comfy-cloud' as const }])(
    'gives %j an id that was never used',
    (change) => {
      const first = edited(studio, { ...studio, ...change });
      expect(first).toEqual({
        ...studio,
        ...change,
        id: expect.stringMatching(/^own-[\da-f]{16}$/) as string,
      });
      expect(edited(first, studio).id).not.toBe(studio.id);
    },
  );

  it('leaves the place in the list', () => {
    const other = { ...studio, id: 'own-2' };
    const kept = { own: [studio, other], order: ['own-1', 'site', 'own-2'], hidden: [] };
    expect(replaced(kept, 'own-1', { ...studio, id: 'own-3' })).toEqual({
      own: [{ ...studio, id: 'own-3' }, other],
      order: ['own-3', 'site', 'own-2'],
      hidden: [],
    });
  });

  it('undoes a removal where it was', () => {
    const kept = { own: ['a', 'b', 'c'].map((id) => ({ ...studio, id })), order: ['c', 'b'], hidden: [] };
    expect(added(removed(kept, 'b'), kept.own[1]!, 1)).toEqual(kept);
  });

  it('starts from what another tab has written meanwhile', () => {
    localStorage.setItem(OWN_CONNECTIONS, stored([studio]));
    changeOwn(PAGE, (kept) => added(kept, { ...studio, id: 'own-2' }));
    expect(parseOwn(localStorage.getItem(OWN_CONNECTIONS), PAGE).kept.own.map(({ id }) => id)).toEqual([
      ...['own-1', 'own-2'],
    ]);
  });

  it('suggests a label that nobody has', () => {
    expect(freeLabel('ComfyUI', ['Studio'])).toBe('ComfyUI');
    expect(freeLabel('ComfyUI', [' comfyui', 'ComfyUI 2'])).toBe('ComfyUI 3');
  });
});
