// @vitest-environment happy-dom
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import * as keyring from '../keyring';
import { setKnownConnections } from '../known-connections';
import { isRemembered, readVaultText, writeVaultText } from '../remembered';
import { fromBase64, toBase64 } from './base64';
import { sha256 } from './sealing';
import { createVault } from './vault';
import { VaultError } from './vault-error';
import { ROUNDS } from './vault-record';

const FEW = 10;
const PASSPHRASE = 'correct horse battery';
const CLOUD = { id: 'cloud', baseUrl: 'https://cloud.test' };
const ROUGHY = { id: 'roughy', baseUrl: 'https://roughy.test' };
const CLOUD_KEY = 'comfyui-secret-0123';
const ROUGHY_KEY = 'sk_secret_4567';

const connection = (of: typeof CLOUD) => ({ ...of, kind: 'comfy-cloud', label: of.id, demo: false }) as const;

let vault = createVault(FEW);

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  setKnownConnections([connection(CLOUD), connection(ROUGHY)]);
  vault = createVault(FEW);
});
afterEach(() => {
  keyring.forgetAllKeys();
  vi.unstubAllGlobals();
});

interface Stored {
  version: number;
  kdf: { name: string; hash: string; rounds: number; salt: string };
  check: { iv: string; sealed: string };
  entries: { connectionId: string; baseUrl: string; iv: string; sealed: string }[];
  digest: string;
}
const stored = () => JSON.parse(readVaultText() ?? 'null') as Stored;

/** As somebody would who knows how the record is made, but not the passphrase. */
async function forge(change: (record: Stored) => void) {
  const record = stored();
  change(record);
  const { version, kdf, check, entries } = record;
  record.digest = await sha256(
    JSON.stringify([
      ['winnow-vault', version, kdf.name, kdf.hash, kdf.rounds, kdf.salt],
      [check.iv, check.sealed],
      entries.map(({ connectionId, baseUrl, iv, sealed }) => [connectionId, baseUrl, iv, sealed]),
    ]),
  );
  writeVaultText(JSON.stringify(record));
}

const problem = (action: Promise<unknown>) =>
  action.then(
    () => 'none',
    (error: unknown) => (error instanceof VaultError ? error.problem : error),
  );

async function remembered() {
  await vault.remember(CLOUD, CLOUD_KEY, PASSPHRASE);
  await vault.remember(ROUGHY, ROUGHY_KEY, null);
  keyring.lockKeys();
}

it('asks for as much work as the field holds right', () => {
  expect(ROUNDS).toBeGreaterThanOrEqual(600_000);
});

it('is made with the rounds of the product, unless a test says otherwise', async () => {
  await createVault().remember(CLOUD, CLOUD_KEY, PASSPHRASE);
  expect(stored().kdf).toMatchObject({ name: 'PBKDF2', hash: 'SHA-256', rounds: ROUNDS });
});

describe('a remembered key', () => {
  it('comes back with the passphrase, whatever both are made of', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, text, async (key, passphrase) => {
        localStorage.clear();
        await vault.remember(CLOUD, key, passphrase);
        keyring.lockKeys();
        expect(keyring.readKey('cloud')).toBeNull();
        await vault.unlock(passphrase);
        expect(keyring.readKey('cloud')).toBe(key);
        keyring.forgetAllKeys();
      }),
      { numRuns: 40 },
    );
  });

  it('is in no storage that can be read, and neither is the passphrase', async () => {
    await remembered();
    const all = JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]);
    for (const secret of [CLOUD_KEY, ROUGHY_KEY, PASSPHRASE, btoa(CLOUD_KEY), btoa(PASSPHRASE)]) {
      expect(all).not.toContain(secret);
    }
    expect(Object.keys(localStorage)).toEqual(['winnow.vault']);
  });

  it('leaves the storage of the tab', async () => {
    keyring.rememberKey('cloud', CLOUD_KEY, true);
    await vault.remember(CLOUD, CLOUD_KEY, PASSPHRASE);
    expect(sessionStorage.length).toBe(0);
  });

  it('is unlocked with all others, once', async () => {
    await remembered();
    await vault.unlock(PASSPHRASE);
    expect(keyring.readKey('cloud')).toBe(CLOUD_KEY);
    expect(keyring.readKey('roughy')).toBe(ROUGHY_KEY);
  });

  it('opens however a keyboard puts accents together', async () => {
    await vault.remember(CLOUD, CLOUD_KEY, 'caf\u00e9 caf\u00e9 caf\u00e9');
    keyring.lockKeys();
    await vault.unlock('cafe\u0301 cafe\u0301 cafe\u0301');
    expect(keyring.hasKey('cloud')).toBe(true);
  });

  it('never meets the same random value twice', async () => {
    const seen = new Set<string>();
    await vault.remember(CLOUD, CLOUD_KEY, PASSPHRASE);
    for (let time = 0; time < 5; time += 1) {
      await vault.remember(CLOUD, CLOUD_KEY, null);
      const [entry] = stored().entries;
      seen.add(entry?.iv ?? '');
    }
    seen.add(stored().check.iv);
    expect(seen.size).toBe(6);
  });

  it('is forgotten without the passphrase, and the last one takes the record along', async () => {
    await remembered();
    await vault.forget('cloud');
    expect(stored().entries.map(({ connectionId }) => connectionId)).toEqual(['roughy']);
    expect(await problem(vault.unlock(PASSPHRASE))).toBe('none');
    await vault.forget('roughy');
    expect(readVaultText()).toBeNull();
    expect(keyring.hasKey('roughy')).toBe(false);
  });

  it('is only added by whoever knows the passphrase', async () => {
    await remembered();
    expect(await problem(vault.remember(CLOUD, 'other', null))).toBe('locked');
    expect(await problem(vault.remember(CLOUD, 'other', 'something else'))).toBe('wrong-passphrase');
    await vault.remember(CLOUD, 'other', PASSPHRASE);
    expect(keyring.readKey('cloud')).toBe('other');
    expect(keyring.readKey('roughy')).toBe(ROUGHY_KEY);
  });
});

describe('a wrong passphrase', () => {
  it('is told apart from damage, and opens nothing', async () => {
    await remembered();
    for (const wrong of ['', ' ', `${PASSPHRASE} `, PASSPHRASE.toUpperCase()]) {
      expect(await problem(vault.unlock(wrong))).toBe('wrong-passphrase');
    }
    expect(keyring.hasKey('cloud')).toBe(false);
    expect(vault.isUnlocked()).toBe(false);
  });
});

describe('a damaged record', () => {
  it('is damaged wherever it is cut off, before any passphrase', async () => {
    await remembered();
    const text = readVaultText() ?? '';
    for (let length = 0; length < text.length; length += 37) {
      writeVaultText(text.slice(0, length));
      expect(await problem(vault.inspect()), `${length} characters`).toBe('damaged');
    }
  });

  const flip = (text: string) => {
    const bytes = fromBase64(text);
    bytes[3] = (bytes[3] ?? 0) ^ 1;
    return toBase64(bytes);
  };
  it.each<[string, (record: Stored) => void]>([
    ['salt', ({ kdf }) => (kdf.salt = flip(kdf.salt))],
    ['name of the hash', ({ kdf }) => (kdf.hash = 'SHA-1')],
    ['number of rounds', ({ kdf }) => (kdf.rounds += 1)],
    ['check’s random value', ({ check }) => (check.iv = flip(check.iv))],
    ['check', ({ check }) => (check.sealed = flip(check.sealed))],
    ['connection', ({ entries: [entry] }) => entry && (entry.connectionId = 'clouds')],
    ['address', ({ entries: [entry] }) => entry && (entry.baseUrl = 'https://evil.test')],
    ['key’s random value', ({ entries: [entry] }) => entry && (entry.iv = flip(entry.iv))],
    ['key', ({ entries: [entry] }) => entry && (entry.sealed = flip(entry.sealed))],
    ['digest', (record) => (record.digest = flip(record.digest))],
    ['list of keys, which is shorter', ({ entries }) => void entries.pop()],
    ['list of keys, which has one twice', ({ entries: [entry], entries }) => entry && entries.push(entry)],
    ['form', (record) => Object.assign(record, { extra: 1 })],
  ])('is known by its %s', async (_field, change) => {
    await remembered();
    const record = stored();
    change(record);
    writeVaultText(JSON.stringify(record));
    expect(await problem(vault.inspect())).toBe('damaged');
    expect(await problem(vault.unlock(PASSPHRASE))).toBe('damaged');
    expect(keyring.hasKey('cloud')).toBe(false);
    await vault.remove();
    expect(await vault.inspect()).toBe(false);
  });

  it('of another version is not guessed at', async () => {
    await remembered();
    await forge((record) => (record.version = 2));
    expect(await problem(vault.inspect())).toBe('other-version');
  });

  it.each([0, 1, FEW - 1, -FEW, FEW + 0.5, 1e9])('that asks for %d rounds is refused', async (rounds) => {
    await remembered();
    await forge(({ kdf }) => (kdf.rounds = rounds));
    expect(await problem(vault.unlock(PASSPHRASE))).toBe('weakened');
  });

  it('of the product is refused with fewer than the product’s rounds', async () => {
    await remembered();
    expect(await problem(createVault().unlock(PASSPHRASE))).toBe('weakened');
  });
});

describe('an entry that somebody moved', () => {
  it('to another address opens nothing there, even with a digest that fits', async () => {
    await remembered();
    await forge(({ entries }) => {
      for (const entry of entries) if (entry.connectionId === 'cloud') entry.baseUrl = 'https://evil.test';
    });
    const evil = { id: 'cloud', baseUrl: 'https://evil.test' };
    setKnownConnections([connection(evil), connection(ROUGHY)]);
    expect(await problem(vault.unlock(PASSPHRASE, evil))).toBe('entry-damaged');
    expect(keyring.hasKey('cloud')).toBe(false);
    expect(keyring.readKey('roughy')).toBe(ROUGHY_KEY);
  });

  it('to another connection opens nothing there', async () => {
    await remembered();
    await forge(({ entries: [cloud, roughy] }) => {
      if (cloud && roughy)
        [cloud.sealed, roughy.sealed, cloud.iv, roughy.iv] = [
          roughy.sealed,
          cloud.sealed,
          roughy.iv,
          cloud.iv,
        ];
    });
    expect(await problem(vault.unlock(PASSPHRASE, CLOUD))).toBe('entry-damaged');
    expect(keyring.hasKey('cloud')).toBe(false);
    expect(keyring.hasKey('roughy')).toBe(false);
  });

  it('is not handed to a connection whose address changed', async () => {
    await remembered();
    const moved = { id: 'cloud', baseUrl: 'https://elsewhere.test' };
    setKnownConnections([connection(moved), connection(ROUGHY)]);
    expect(isRemembered(moved)).toBe('no');
    expect(await problem(vault.unlock(PASSPHRASE, moved))).toBe('other-address');
    expect(keyring.hasKey('cloud')).toBe(false);
  });

  it('is forgotten at once when its connection leads elsewhere', async () => {
    await remembered();
    await vault.unlock(PASSPHRASE);
    setKnownConnections([connection({ id: 'cloud', baseUrl: 'https://elsewhere.test' }), connection(ROUGHY)]);
    expect(keyring.hasKey('cloud')).toBe(false);
    expect(keyring.hasKey('roughy')).toBe(true);
  });
});

describe('the passphrase', () => {
  it('can be changed, and all that is stored with it', async () => {
    await remembered();
    const before = stored();
    expect(await problem(vault.changePassphrase('not this one', 'another one'))).toBe('wrong-passphrase');
    expect(stored()).toEqual(before);
    await vault.changePassphrase(PASSPHRASE, 'four other plain words');
    const after = stored();
    expect(after.kdf.salt).not.toBe(before.kdf.salt);
    expect(vault.isUnlocked()).toBe(true);
    keyring.lockKeys();
    expect(await problem(vault.unlock(PASSPHRASE))).toBe('wrong-passphrase');
    await vault.unlock('four other plain words');
    expect(keyring.readKey('roughy')).toBe(ROUGHY_KEY);
  });

  it('stays as it was when the new record cannot be written', async () => {
    await remembered();
    await vault.unlock(PASSPHRASE);
    const storage = localStorage;
    vi.stubGlobal('localStorage', {
      getItem: (name: string) => storage.getItem(name),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(await problem(vault.changePassphrase(PASSPHRASE, 'another one entirely'))).toBe('not-stored');
    vi.unstubAllGlobals();
    await vault.remember(CLOUD, 'newer', null);
    keyring.lockKeys();
    await vault.unlock(PASSPHRASE);
    expect(keyring.readKey('cloud')).toBe('newer');
  });

  it('that another tab changed locks this one', async () => {
    await remembered();
    await vault.unlock(PASSPHRASE);
    const other = createVault(FEW);
    await other.changePassphrase(PASSPHRASE, 'another one entirely');
    expect(vault.isUnlocked()).toBe(false);
  });
});

it('locks before it is open when it was told to meanwhile', async () => {
  await remembered();
  const unlocking = problem(vault.unlock(PASSPHRASE));
  await Promise.resolve();
  keyring.lockKeys();
  expect(await unlocking).toBe('locked');
  expect(keyring.hasKey('cloud')).toBe(false);
});

it('a key that another tab forgot is forgotten here', async () => {
  await remembered();
  await vault.unlock(PASSPHRASE);
  const record = stored();
  record.entries = record.entries.filter(({ connectionId }) => connectionId !== 'cloud');
  localStorage.setItem('winnow.vault', JSON.stringify(record));
  window.dispatchEvent(new StorageEvent('storage', { key: 'winnow.vault' }));
  expect(keyring.hasKey('cloud')).toBe(false);
  expect(keyring.hasKey('roughy')).toBe(true);
});

it('says so where browsers allow no encryption', async () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  expect(await problem(vault.remember(CLOUD, CLOUD_KEY, PASSPHRASE))).toBe('unavailable');
  expect(readVaultText()).toBeNull();
});

it('gives out no key that a page could read', async () => {
  const made = vi.spyOn(crypto.subtle, 'deriveKey');
  await vault.remember(CLOUD, CLOUD_KEY, PASSPHRASE);
  const key: unknown = await made.mock.results[0]?.value;
  expect(key).toMatchObject({ extractable: false, algorithm: { name: 'AES-GCM', length: 256 } });
});
