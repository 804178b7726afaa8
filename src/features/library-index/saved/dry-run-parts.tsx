import type { Asset } from '@/domain/asset';
import type { Policy } from '@/domain/saved-view';
import { formatBytes, formatCount, formatDay, formatExact, formatNumber } from '@/lib/format';
import { shownName } from '@/lib/reveal';
import type { KeptGroup, PolicyRun } from '@/library/store/policy-run';
import type { PolicyDifference } from '@/library/store/policy-notes';

import { Ago } from '../parts/ago';
import { AssetLink } from '../parts/asset-link';

import { reasonWords } from './policy-words';

const CELL = 'py-1.5 pr-4 align-top';

/** Names as a list in a sentence, and how many more there are. */
function Examples({ names, count }: { names: readonly string[]; count: number }) {
  return (
    <span className="text-muted wrap-anywhere">
      {names.map((name, index) => (
        <span key={index}>
          {index > 0 && ', '}
          <bdi title={shownName(name)} className="inline-block max-w-60 truncate align-bottom">
            {shownName(name)}
          </bdi>
        </span>
      ))}
      {count > names.length && `${names.length > 0 ? ' and ' : ''}${formatNumber(count - names.length)} more`}
    </span>
  );
}

/** What is left alone, and why. */
export function KeptTable({ kept, policy }: { kept: readonly KeptGroup[]; policy: Policy }) {
  return (
    <table aria-label="Kept, and why" className="w-full max-w-3xl text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className={`${CELL} w-2/5 font-medium`}>
            Why it is kept
          </th>
          <th scope="col" className={`${CELL} text-right font-medium`}>
            Assets
          </th>
          <th scope="col" className="py-1.5 align-top font-medium max-sm:sr-only">
            Among them
          </th>
        </tr>
      </thead>
      <tbody>
        {kept.map(({ reason, count, examples }) => (
          <tr key={reason} className="border-t border-line max-sm:grid max-sm:grid-cols-[1fr_auto]">
            <td className={`${CELL} wrap-anywhere`}>{shownName(reasonWords(reason, policy))}</td>
            <td className={`${CELL} text-right tabular-nums`}>{formatNumber(count)}</td>
            <td className="py-1.5 align-top max-sm:col-span-2 max-sm:pt-0">
              <Examples names={examples} count={count} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How the list differs from that of the last run. */
export function Difference({ difference, now }: { difference: PolicyDifference | null; now: PolicyRun }) {
  if (difference === null) {
    return (
      <p className="text-muted">
        This is the first dry run of this policy here: there is nothing to compare it with.
      </p>
    );
  }
  const { since, lists, countBefore, isOtherPolicy } = difference;
  return (
    <div className="flex flex-col gap-1.5">
      <p>
        {isOtherPolicy
          ? 'The policy or its view was changed since the last dry run, '
          : 'Compared with the last dry run, '}
        <Ago at={since} />, which had {formatCount(countBefore, 'asset')} on its list:
      </p>
      {lists === null ? (
        <p>
          {formatCount(now.going.count, 'asset is', 'assets are')} on it now. The lists are too long to be
          compared one by one.
        </p>
      ) : (
        <ul aria-label="Difference to the last run" className="flex list-disc flex-col gap-1 pl-5">
          <li>
            {formatNumber(lists.added)} new
            {lists.added > 0 && ': '}
            {lists.added > 0 && <Examples names={lists.addedExamples} count={lists.added} />}
          </li>
          <li>
            {formatNumber(lists.dropped)} no longer on the list
            {lists.dropped > 0 && ': '}
            {lists.dropped > 0 && <Examples names={lists.droppedExamples} count={lists.dropped} />}
          </li>
          <li>{formatNumber(lists.gone)} no longer in the library</li>
          <li>{formatNumber(lists.same)} the same</li>
        </ul>
      )}
    </div>
  );
}

/** The first assets of the list. */
export function SampleTable({
  sample,
  hrefFor,
  onOpen,
}: {
  sample: readonly Asset[];
  hrefFor: (id: string) => string;
  onOpen: (id: string) => void;
}) {
  return (
    <table aria-label="The first on the list" className="w-full max-w-3xl text-left">
      <thead className="text-xs text-muted">
        <tr>
          <th scope="col" className={`${CELL} w-full font-medium`}>
            Name
          </th>
          <th scope="col" className={`${CELL} text-right font-medium`}>
            Size
          </th>
          <th scope="col" className="py-1.5 font-medium">
            Created
          </th>
        </tr>
      </thead>
      <tbody>
        {sample.map((asset) => (
          <tr key={asset.id} className="border-t border-line">
            <td className={`${CELL} max-w-0`}>
              <AssetLink asset={asset} hrefFor={hrefFor} onOpen={onOpen} />
            </td>
            <td className={`${CELL} text-right whitespace-nowrap text-muted tabular-nums`}>
              {asset.sizeBytes === null ? 'unknown' : formatBytes(asset.sizeBytes)}
            </td>
            <td className="py-1.5 align-top whitespace-nowrap text-muted">
              <time dateTime={asset.createdAt} title={formatExact(asset.createdAt)}>
                {formatDay(asset.createdAt)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
