import { fromBase64, toBase64, type Bytes } from './base64';
import { VaultError } from './vault-error';

/** Encrypted text, with the value that was drawn for this one encryption. */
export interface Sealed {
  readonly iv: string;
  readonly sealed: string;
}

const encoder = new TextEncoder();

/** What GCM asks for. */
const IV_BYTES = 12;

export const randomBytes = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

/** Only there in a secure context. @throws VaultError where it is not */
function subtle(): SubtleCrypto {
  const available: { readonly subtle?: SubtleCrypto } = crypto;
  if (available.subtle === undefined) throw new VaultError('unavailable');
  return available.subtle;
}

/** The key of a passphrase. Slow on purpose; the browser works it out beside the page. Nobody can read it out again. */
export async function deriveKey(passphrase: string, salt: string, rounds: number): Promise<CryptoKey> {
  // The same passphrase whichever way a keyboard puts its accents together.
  const secret = encoder.encode(passphrase.normalize('NFC'));
  const material = await subtle().importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  return subtle().deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt: fromBase64(salt), iterations: rounds },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

/** @param bound what the text belongs to: it can be opened only together with the same */
export async function seal(key: CryptoKey, bound: readonly unknown[], text: string): Promise<Sealed> {
  const iv = randomBytes(IV_BYTES);
  const sealed = await subtle().encrypt(gcm(iv, bound), key, encoder.encode(text));
  return { iv: toBase64(iv), sealed: toBase64(new Uint8Array(sealed)) };
}

/** @returns null when the key, what it is bound to or the sealed text is not the one of then */
export async function unseal(
  key: CryptoKey,
  bound: readonly unknown[],
  { iv, sealed }: Sealed,
): Promise<string | null> {
  try {
    const text = await subtle().decrypt(gcm(fromBase64(iv), bound), key, fromBase64(sealed));
    return new TextDecoder().decode(text);
  } catch (error) {
    if (error instanceof VaultError) throw error;
    return null;
  }
}

export const sha256 = async (text: string): Promise<string> =>
  toBase64(new Uint8Array(await subtle().digest('SHA-256', encoder.encode(text))));

const gcm = (iv: Bytes, bound: readonly unknown[]): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: encoder.encode(JSON.stringify(bound)),
});
