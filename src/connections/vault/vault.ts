import type { Connection } from '@/domain/connection';

import { forgetKey, holdUnlockedKey, lockKeys, onLock, unlockedIds } from '../keyring';
import { isKnown } from '../known-connections';
import { onVaultChange, readVaultText, rememberedEntries, writeVaultText } from '../remembered';
import { toBase64 } from './base64';
import { deriveKey, randomBytes, seal, unseal, type Sealed } from './sealing';
import { VaultError } from './vault-error';
import {
  headOf,
  parseRecord,
  ROUNDS,
  SALT_BYTES,
  serializeRecord,
  type VaultEntry,
  type VaultRecord,
} from './vault-record';

/** What a key is for: its connection, at its address. */
type For = Pick<Connection, 'id' | 'baseUrl'>;

export interface Vault {
  /** Whether there is one that can be asked for a passphrase. @throws VaultError when there is, and it cannot */
  inspect(): Promise<boolean>;
  /** Whether a key can be remembered without asking for the passphrase. */
  isUnlocked(): boolean;
  /**
   * Hands all keys over to the keyring. @param wanted the connection that asks
   * @throws VaultError; the other keys are handed over even when the wanted one cannot be
   */
  unlock(passphrase: string, wanted?: For): Promise<void>;
  /**
   * Makes the vault with its first key. @param passphrase a new one if there is no vault, else its own; null when unlocked
   * @throws VaultError and remembers nothing
   */
  remember(connection: For, key: string, passphrase: string | null): Promise<void>;
  /** Forgets one key, here and in the record: no passphrase is needed for that. @throws VaultError */
  forget(connectionId: string): Promise<void>;
  /** @throws VaultError and leaves everything as it was */
  changePassphrase(current: string, next: string): Promise<void>;
  /** Removes the record with all its keys, whatever state it is in. @throws VaultError */
  remove(): Promise<void>;
}

interface Opened {
  readonly key: CryptoKey;
  /** Of the record that the key is for: another tab may change the passphrase. */
  readonly salt: string;
}

const CHECK = 'This is the right passphrase.';

const checkBound = (head: VaultHead) => [...headOf(head), 'check'];
const keyBound = (head: VaultHead, entry: Pick<VaultEntry, 'connectionId' | 'baseUrl'>) => [
  ...headOf(head),
  'key',
  entry.connectionId,
  entry.baseUrl,
];
type VaultHead = Pick<VaultRecord, 'version' | 'kdf'>;

/** @param rounds fewer than in the product are for tests alone */
export function createVault(rounds = ROUNDS): Vault {
  let opened: Opened | null = null;
  /** Counts how often it was locked: what was begun before must not end as if nothing had happened. */
  let locks = 0;

  onLock(() => {
    opened = null;
    locks += 1;
  });
  // Another tab changed the passphrase, forgot a key or removed all of them.
  onVaultChange(() => {
    if (opened === null) return;
    const text = readVaultText();
    if (text?.includes(opened.salt) !== true) lockKeys();
    const kept = new Set(rememberedEntries(text)?.map(({ connectionId }) => connectionId));
    for (const id of unlockedIds()) if (!kept.has(id)) forgetKey(id);
  });

  async function read(): Promise<VaultRecord | null> {
    const text = readVaultText();
    return text === null ? null : parseRecord(text, rounds);
  }

  /** A vault without a key is none. */
  const write = (record: VaultRecord): Promise<void> =>
    store(record.entries.length === 0 ? null : serializeRecord(record));

  async function newHead(passphrase: string) {
    const salt = toBase64(randomBytes(SALT_BYTES));
    const head: VaultHead = { version: 1, kdf: { name: 'PBKDF2', hash: 'SHA-256', rounds, salt } };
    return { head, key: await deriveKey(passphrase, salt, rounds) };
  }

  async function open(record: VaultRecord, passphrase: string | null): Promise<CryptoKey> {
    const { kdf, check } = record;
    if (passphrase === null) {
      if (opened?.salt !== kdf.salt) throw new VaultError('locked');
      return opened.key;
    }
    const key = await deriveKey(passphrase, kdf.salt, kdf.rounds);
    if ((await unseal(key, checkBound(record), check)) !== CHECK) throw new VaultError('wrong-passphrase');
    return key;
  }

  /** @returns what every key is, null for one that is damaged */
  const readKeys = (record: VaultRecord, key: CryptoKey) =>
    Promise.all(
      record.entries.map(async (entry) => ({
        entry,
        key: await unseal(key, keyBound(record, entry), entry),
      })),
    );

  async function sealEntry(
    head: VaultHead,
    key: CryptoKey,
    of: Omit<VaultEntry, keyof Sealed>,
    text: string,
  ) {
    return { ...of, ...(await seal(key, keyBound(head, of), text)) };
  }

  function handOver(keys: Awaited<ReturnType<typeof readKeys>>): void {
    for (const { entry, key } of keys) {
      if (key !== null && isKnown(entry.connectionId, entry.baseUrl)) {
        holdUnlockedKey(entry.connectionId, key);
      }
    }
  }

  /** @throws VaultError when it was locked since `at` */
  function stillAt(at: number): void {
    if (at !== locks) throw new VaultError('locked');
  }

  return {
    inspect: async () => (await read()) !== null,
    isUnlocked: () => opened !== null,

    unlock: (passphrase, wanted) =>
      alone(async () => {
        const at = locks;
        const record = await read();
        if (record === null) throw new VaultError('locked');
        const key = await open(record, passphrase);
        const keys = await readKeys(record, key);
        stillAt(at);
        opened = { key, salt: record.kdf.salt };
        handOver(keys);
        if (unlockedIds().length === 0) opened = null;
        if (wanted === undefined) return;
        const found = keys.find(({ entry }) => entry.connectionId === wanted.id);
        if (found?.key === null) throw new VaultError('entry-damaged');
        if (found?.entry.baseUrl !== wanted.baseUrl) throw new VaultError('other-address');
      }),

    remember: (connection, text, passphrase) =>
      alone(async () => {
        const at = locks;
        const of = { connectionId: connection.id, baseUrl: connection.baseUrl };
        const before = await read();
        if (before === null) {
          if (passphrase === null) throw new VaultError('locked');
          const { head, key } = await newHead(passphrase);
          const check = await seal(key, checkBound(head), CHECK);
          stillAt(at);
          await write({ ...head, check, entries: [await sealEntry(head, key, of, text)] });
          opened = { key, salt: head.kdf.salt };
        } else {
          const key = await open(before, passphrase);
          const others = before.entries.filter(({ connectionId }) => connectionId !== connection.id);
          const keys = await readKeys({ ...before, entries: others }, key);
          stillAt(at);
          await write({ ...before, entries: [...others, await sealEntry(before, key, of, text)] });
          opened = { key, salt: before.kdf.salt };
          handOver(keys);
        }
        holdUnlockedKey(connection.id, text);
      }),

    forget: (connectionId) =>
      alone(async () => {
        const record = await read();
        if (record !== null) {
          const entries = record.entries.filter((entry) => entry.connectionId !== connectionId);
          if (entries.length !== record.entries.length) await write({ ...record, entries });
        }
        forgetKey(connectionId);
      }),

    changePassphrase: (current, next) =>
      alone(async () => {
        const at = locks;
        const record = await read();
        if (record === null) throw new VaultError('locked');
        const keys = await readKeys(record, await open(record, current));
        const { head, key } = await newHead(next);
        const check = await seal(key, checkBound(head), CHECK);
        const entries = await Promise.all(
          keys.map(({ entry: { connectionId, baseUrl }, key: text }) => {
            // Better asked about than dropped without a word.
            if (text === null) throw new VaultError('entry-damaged');
            return sealEntry(head, key, { connectionId, baseUrl }, text);
          }),
        );
        stillAt(at);
        const before = opened;
        // First: whoever hears of a record with another salt locks.
        opened = { key, salt: head.kdf.salt };
        try {
          await write({ ...head, check, entries });
        } catch (error) {
          opened = before;
          throw error;
        }
        handOver(keys);
      }),

    remove: () =>
      alone(async () => {
        lockKeys();
        await store(null);
      }),
  };
}

async function store(text: Promise<string> | null): Promise<void> {
  const written = await text;
  try {
    writeVaultText(written);
  } catch (error) {
    throw new VaultError('not-stored', { cause: error });
  }
}

/** One tab at a time: the record is read, changed and written as a whole. */
async function alone<T>(
  action: () => Promise<T>,
  { locks }: { readonly locks?: LockManager | null } = navigator,
): Promise<T> {
  return locks === undefined || locks === null ? action() : locks.request('winnow-vault', action);
}

/** The one of this page. */
export const vault = createVault();
