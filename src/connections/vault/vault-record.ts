import * as v from 'valibot';

import { fromBase64 } from './base64';
import { sha256 } from './sealing';
import { VaultError } from './vault-error';

/** What OWASP asks of PBKDF2-HMAC-SHA-256 (2023). Raising it is safe: each record says its own. */
export const ROUNDS = 600_000;
/** A record that asks for more is there to keep the browser busy. */
const MOST_ROUNDS = 20_000_000;
export const SALT_BYTES = 16;
const MOST_ENTRIES = 1_000;

const bytes = (isRight: (count: number) => boolean) =>
  v.pipe(
    v.string(),
    v.base64(),
    v.check((text) => isRight(fromBase64(text).length)),
  );

const sealed = {
  iv: bytes((count) => count === 12),
  /** At least what GCM adds. */
  sealed: bytes((count) => count >= 16),
};

const entrySchema = v.strictObject({ connectionId: v.string(), baseUrl: v.string(), ...sealed });
export type VaultEntry = Readonly<v.InferOutput<typeof entrySchema>>;

/** Strict, so that nothing is in it that the digest does not cover. */
const recordSchema = v.strictObject({
  version: v.literal(1),
  kdf: v.strictObject({
    name: v.literal('PBKDF2'),
    hash: v.literal('SHA-256'),
    rounds: v.number(),
    salt: bytes((count) => count === SALT_BYTES),
  }),
  /** A known text, for telling whether a passphrase is the right one. */
  check: v.strictObject(sealed),
  entries: v.pipe(
    v.array(entrySchema),
    v.maxLength(MOST_ENTRIES),
    v.check((all) => new Set(all.map(({ connectionId }) => connectionId)).size === all.length),
  ),
  digest: bytes((count) => count === 32),
});
type StoredRecord = v.InferOutput<typeof recordSchema>;
export type VaultRecord = Omit<StoredRecord, 'digest'>;

/** The parts of a record that say how the others are encrypted; everything sealed is bound to them. */
export const headOf = ({ version, kdf }: Pick<VaultRecord, 'version' | 'kdf'>) =>
  ['winnow-vault', version, kdf.name, kdf.hash, kdf.rounds, kdf.salt] as const;

/**
 * Reads a record before any passphrase is asked for.
 *
 * Its digest needs no key. It is there against accidents, not against attackers, and it is what tells damage from a
 * wrong passphrase: a record whose digest holds is as it was written, so that only the passphrase can be wrong when the
 * check text does not open. Somebody who changes the record and works the digest out anew gains nothing but the wrong
 * message: what is sealed is protected by GCM, and bound to the record's head and to its own connection and address.
 * @throws VaultError damaged, weakened or other-version
 */
export async function parseRecord(text: string, leastRounds: number): Promise<VaultRecord> {
  const json = parseJson(text);
  const { success: hasVersion, output: outline } = v.safeParse(v.object({ version: v.number() }), json);
  if (hasVersion && outline.version !== 1) throw new VaultError('other-version');
  const { success, output } = v.safeParse(recordSchema, json);
  if (!success) throw new VaultError('damaged');
  const { digest, ...record } = output;
  const { rounds } = record.kdf;
  if (!Number.isInteger(rounds) || rounds < leastRounds || rounds > MOST_ROUNDS) {
    throw new VaultError('weakened');
  }
  if ((await digestOf(record)) !== digest) throw new VaultError('damaged');
  return record;
}

export async function serializeRecord(record: VaultRecord): Promise<string> {
  return JSON.stringify({ ...record, digest: await digestOf(record) });
}

/** Every value in an order of its own: the one in which JSON happens to have them does not count. */
const digestOf = (record: VaultRecord): Promise<string> =>
  sha256(
    JSON.stringify([
      headOf(record),
      [record.check.iv, record.check.sealed],
      record.entries.map(({ connectionId, baseUrl, iv, sealed: text }) => [connectionId, baseUrl, iv, text]),
    ]),
  );

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new VaultError('damaged');
  }
}
