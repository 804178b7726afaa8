import type { DeletionResult } from '@/cleanup/delete-assets';
import type { Asset } from '@/domain/asset';
import { explainError } from '@/domain/explain-error';
import { formatCount, formatNumber } from '@/lib/format';
import { isolate } from '@/lib/isolate';

type Results = ReadonlyMap<string, DeletionResult>;

/** What the provider confirmed, as one sentence. */
export function outcomeSentence(assets: readonly Asset[], results: Results): string {
  const count = (status: DeletionResult['status']) =>
    assets.filter((asset) => results.get(asset.id)?.status === status).length;
  const deleted = count('deleted');
  const alreadyGone = count('already-gone');
  const [only] = assets;
  if (assets.length === 1 && only !== undefined && deleted + alreadyGone === 1) {
    const name = isolate(only.name);
    return deleted === 1 ? `${name} was deleted` : `${name} was already gone`;
  }
  const parts = [`${formatCount(deleted, 'asset was', 'assets were')} deleted`];
  if (alreadyGone > 0) parts.push(`${formatNumber(alreadyGone)} already gone`);
  const unknown = count('unknown');
  if (unknown > 0) parts.push(`${formatNumber(unknown)} unknown`);
  const left = assets.length - deleted - alreadyGone - unknown;
  if (left > 0) parts.push(`${formatNumber(left)} not deleted`);
  return parts.join(', ');
}

/** Why one asset was not deleted. */
export function failureReason(result: DeletionResult): {
  readonly reason: string;
  readonly details: string | null;
} {
  switch (result.status) {
    case 'deleted':
    case 'already-gone':
      return { reason: 'Gone', details: null };
    case 'not-sent':
      return { reason: 'Not tried: the work was stopped before', details: null };
    case 'unknown':
      return {
        reason: 'Unknown: the provider did not answer in time',
        details: explainError(result.error).details,
      };
    case 'protected': {
      const { title, details } = explainError(result.error);
      return { reason: `Protected: ${title}`, details };
    }
    case 'failed': {
      const { title, details } = explainError(result.error);
      return { reason: title, details };
    }
  }
}
