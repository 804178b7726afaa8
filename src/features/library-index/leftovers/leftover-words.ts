import type { Asset } from '@/domain/asset';
import type { ProviderKind } from '@/domain/connection';
import { LEFTOVERS, type Leftover } from '@/domain/library-query';
import { formatDay } from '@/lib/format';

interface Words {
  readonly title: string;
  /** What it is, and what to think of before it goes. */
  readonly explanation: string;
}

export const LEFTOVER_WORDS: Readonly<Record<Leftover, Words>> = {
  'zero-bytes': {
    title: 'Zero bytes',
    explanation: 'The provider keeps a record without any content: often an upload or a run that broke off.',
  },
  'unknown-size': {
    title: 'Unknown size',
    explanation:
      'The provider does not say how large they are, so they are in no sum of bytes. That alone is no reason to delete them.',
  },
  'orphan-preview': {
    title: 'Previews whose owner is gone',
    explanation:
      'Pictures named like the previews that tools upload for other files (“…_preview.png”), which no asset of the library shows any more. Providers do not mark previews, so a picture that you named this way yourself is listed too: look before you delete.',
  },
  'preview-in-use': {
    title: 'Previews in use',
    explanation:
      'Another asset shows them as its preview and would lose its picture. They cannot be ticked here, and a deletion leaves them out while that asset stays.',
  },
  missing: {
    title: 'Missing files',
    explanation:
      'The server has tagged these records “missing”: it no longer finds their files. Deleting removes the record; there are no bytes to free.',
  },
  failed: {
    title: 'Failed',
    explanation:
      'Roughy could not process these recordings. That is final, and they were not charged for; the reason stands with each.',
  },
  'pending-upload': {
    title: 'Uploads that never finished',
    explanation:
      'Roughy is still waiting for their bytes. One that is being uploaded right now is among them: look at the day.',
  },
  'pending-payment': {
    title: 'Waiting for credits',
    explanation:
      'They are ready as soon as credits are added, the oldest first. Roughy itself purges what is not redeemed within 30 days. It does not say when that time began, so the day given here, 30 days after the asset was created, is the earliest possible.',
  },
  untagged: {
    title: 'Untagged',
    explanation:
      'No tag at all: not even one that says which folder they belong to, so no view by tag shows them.',
  },
};

const ROUGHY_ONLY: ReadonlySet<Leftover> = new Set<Leftover>(['failed', 'pending-upload', 'pending-payment']);
const COMFY_ONLY: ReadonlySet<Leftover> = new Set<Leftover>([
  'orphan-preview',
  'preview-in-use',
  'missing',
  'untagged',
]);

/** Those that a provider can have. */
export const leftoversOf = (kind: ProviderKind): readonly Leftover[] =>
  LEFTOVERS.filter((leftover) => !(kind === 'roughy' ? COMFY_ONLY : ROUGHY_ONLY).has(leftover));

const PURGE_DAYS = 30;

/** What a category says of one asset besides its size and its day; null when there is nothing. */
export function leftoverNote(leftover: Leftover, asset: Asset, now: number): string | null {
  if (leftover === 'failed')
    return asset.roughy?.errorMessage ?? asset.roughy?.errorCode ?? 'No reason given';
  if (leftover !== 'pending-payment') return null;
  const purge = Date.parse(asset.createdAt) + PURGE_DAYS * 86_400_000;
  return purge <= now
    ? 'May be purged any day now'
    : `Purged on ${formatDay(new Date(purge).toISOString())} at the earliest`;
}
